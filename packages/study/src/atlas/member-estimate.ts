import type { ImageShape } from '@nads/basis';
import { matrix, type Matrix } from '@nads/linalg';
import {
  comparedSubspace,
  copiesOf,
  onceEach,
  rowImage,
  rowsOf,
  type ComparedSubspace,
} from '../compare/compared-subspace.js';
import type { NadsResult } from '../estimate/nads-codec.js';
import type { NadsSummary } from '../estimate/nads-summary.js';
import { searchedDimension } from '../estimate/searched-dimension.js';
import { about } from '../named-error.js';
import type { Measured } from './disattenuated.js';
import { directionEnergies, spectralEnergy } from './spectral-energy.js';
import { spectralNumbers, type NumberName } from './spectral-numbers.js';

/** What an atlas needs of one estimate, of one channel where all channels have the same directions. */
export interface MemberEstimate {
  /** Where it was read, for messages. */
  readonly name: string;
  readonly summary: NadsSummary;
  /** Of a direction. */
  readonly image: ImageShape;
  /** All, largest first. */
  readonly eigenvalues: Float64Array;
  /** NaN with too few networks. */
  readonly standardErrors: Float64Array;
  /** The first directions: [kept × D]. */
  readonly leading: Matrix;
  /** Shares of the Fourier energy: [H·W]. */
  readonly energy: Float64Array;
  /** With errors that those of the eigenvalues make. */
  readonly numbers: Readonly<Record<NumberName, Measured>>;
  /** How many directions of whole images are above the noise floor; undefined where that is not known. */
  readonly aboveNoise?: number;
  /** Leading subspaces, by their dimension k. */
  readonly subspaces: ReadonlyMap<number, ComparedSubspace>;
}

/** Directions that are kept of each estimate. */
export const keptDirections = 30;

/** Noise of a leading subspace is looked at towards so many directions: those beyond are many, small and alike. */
const considered = 256;

/**
 * What an atlas needs of an estimate.
 * @param tops dimensions of subspaces that are compared
 * @throws naming the estimate, where it has no eigenvalues, no summary, no directions enough, or nothing but zeros
 */
export const memberEstimate = (result: NadsResult, tops: readonly number[]): MemberEstimate =>
  about(result.name, () => {
    const { name, summary, eigenvalues: given } = result;
    if (!summary || !given)
      throw new Error(
        'no nads.json or no eigenvalues in it; give a folder that nads estimate wrote',
      );
    const copies = copiesOf(result);
    const rows = rowsOf(result);
    requireAll(summary, rows.rows * copies);
    const first = withFirst(result, considered);
    const eigenvalues = onceEach(given, copies);
    const image = rowImage(summary, copies);
    const energies = directionEnergies(rows, image);
    const standardErrors = onceEach(result.standardErrors ?? given.map(() => NaN), copies);
    const kept = Math.min(keptDirections, rows.rows);
    return {
      name,
      summary,
      image,
      eigenvalues,
      standardErrors,
      leading: matrix(kept, rows.columns, rows.data.slice(0, kept * rows.columns)),
      energy: spectralEnergy(energies, eigenvalues),
      numbers: spectralNumbers({ eigenvalues, standardErrors, energies, image, copies }),
      ...(summary.noise_floor && { aboveNoise: summary.noise_floor.index }),
      subspaces: new Map(tops.filter(k => k <= kept).map(k => [k, comparedSubspace(first, k)])),
    };
  });

/** The effective rank and the share of low frequencies are of all directions. */
function requireAll(summary: NadsSummary, found: number): void {
  const all = searchedDimension(summary);
  if (found < all)
    throw new Error(
      `${found} of ${all} directions were saved, all are needed; estimate it again without --save`,
    );
}

/** The result with its first directions alone, copied, so that the others need not stay in memory. */
function withFirst(result: NadsResult, count: number): NadsResult {
  const { rows, columns, data } = rowsOf(result);
  const kept = Math.min(count, rows);
  return {
    ...result,
    rows: matrix(0, result.rows.columns),
    channelRows: matrix(kept, columns, data.slice(0, kept * columns)),
    eigenvalues: result.eigenvalues?.slice(0, kept * copiesOf(result)),
  };
}
