import {
  directionRows,
  formatShape,
  pixelsOf,
  rowsBasis,
  type Basis,
  type ImageShape,
  type Rows,
} from '@nads/basis';
import { OptionError, type Matrix } from '@nads/linalg';
import type { NadsSummary } from '../estimate/nads-summary.js';
import type { SourceModel } from '../source-model.js';
import { inEveryChannel, type Directions } from '@nads/probe';

/** NADs that data gradients are compared with. */
export interface ComparedNads {
  /** Where they come from, for reports. */
  readonly source: string;
  /** Orthonormal directions of whole images [K × C·H·W], most preferred first. */
  readonly rows: Matrix;
  /** Rows that come together: the channels, where each direction occurs once in every channel. */
  readonly tied: number;
  /** Dimension of the space that they were sought in: fewer than all pixels where only some directions were probed. */
  readonly span: number;
  /** The directions of one channel [K/tied × H·W], where they are the same in each. */
  readonly channelRows?: Matrix;
  /** Of each row, where known. */
  readonly eigenvalues?: Float64Array;
  readonly networks?: number;
  readonly stability?: Directions['stability'];
}

/** Directions, and where they were read. */
export interface NamedRows extends Rows {
  readonly name: string;
  /** How they were estimated, where that is known. */
  readonly summary?: NadsSummary;
}

/** @throws OptionError where directions are known to be those of another model */
export function requireSameModel(
  { name, summary }: NamedRows,
  { name: model, sha256 }: Pick<SourceModel, 'name' | 'sha256'>,
): void {
  if (!summary || summary.model.sha256 === sha256) return;
  throw new OptionError(
    'nads',
    `${name} holds NADs of ${summary.model.file} (sha256 ${summary.model.sha256}), ${model} is another file (sha256 ${sha256}); give NADs of this one, or set \`otherModel\` to compare them all the same`,
  );
}

/**
 * Known directions as a basis of a model's images; those of one channel apply to every channel.
 * @throws OptionError where they are not directions of such images, or depend on each other
 */
export function knownDirections(rows: NamedRows, image: ImageShape): Basis {
  const { columns } = rows.channelRows ?? rows.rows;
  if (columns !== pixelsOf(image) && columns !== image.height * image.width)
    throw new OptionError(
      'nads',
      `${rows.name} has directions of ${columns} pixels, the model takes ${formatShape(image)}; give NADs of this architecture`,
    );
  return rowsBasis(rows.name, rows, image, 'nads');
}

/** Known directions as NADs. @param probed how many directions they were sought along, in all channels or in each */
export function nadsOfBasis(basis: Basis, image: ImageShape, probed?: number): ComparedNads {
  const { name: source } = basis;
  const rows = directionRows(basis);
  const eigenvalues = basis.eigenvalues && Float64Array.from(basis.eigenvalues);
  const { channels } = image;
  const span = probed ?? pixelsOf(basis.shape);
  if (basis.shape.channels === channels) return { source, rows, tied: 1, span, eigenvalues };
  return { ...nadsOfChannel(rows, channels, source, eigenvalues), span: span * channels };
}

/** Directions of one channel as NADs of whole images, once in every channel. */
export function nadsOfChannel(
  channelRows: Matrix,
  channels: number,
  source: string,
  eigenvalues?: Float64Array,
): Omit<ComparedNads, 'span'> {
  const repeated = ({ length }: Float64Array): Float64Array =>
    Float64Array.from(
      { length: length * channels },
      (_, i) => eigenvalues![Math.floor(i / channels)],
    );
  return {
    source,
    rows: inEveryChannel(channelRows, channels),
    tied: channels,
    channelRows,
    eigenvalues: eigenvalues && repeated(eigenvalues),
  };
}
