import type { ImageShape } from '@nads/basis';
import { matrix, orthonormalise, overlap, type Matrix } from '@nads/linalg';
import type { NadsResult } from '../estimate/nads-codec.js';
import type { NadsSummary } from '../estimate/nads-summary.js';
import { about } from '../named-error.js';
import { noiseAngles } from './noise-angles.js';
import { overlapError, type TurnedSubspace } from './overlap-error.js';
import { symmetryTypes } from './symmetry-types.js';

/** A leading subspace of a result, of one channel where all channels have the same directions, with what is known of its noise. */
export interface ComparedSubspace extends Omit<TurnedSubspace, 'angles'> {
  readonly name: string;
  /** Orthonormal in double precision: [k × D]. */
  readonly leading: Matrix;
  /** Where it is known how stable the subspace is. */
  readonly angles?: Float64Array;
  readonly halfSplitOverlap?: number;
  /** Dimension of the space that directions were sought in. */
  readonly span: number;
}

/** How often each direction of a result is in it: once in every channel, where all channels have the same. */
export const copiesOf = ({ rows, channelRows = rows }: NadsResult): number =>
  rows.columns / channelRows.columns;

/** Directions of one channel where all channels have the same, else of whole images. */
export const rowsOf = ({ rows, channelRows = rows }: NadsResult): Matrix => channelRows;

/** Of values of the directions of a result, one for each row of `rowsOf`. */
export const onceEach = (values: Float64Array, copies: number): Float64Array =>
  values.filter((_, i) => i % copies === 0);

/** The shape of the rows of `rowsOf`. */
export const rowImage = ({ image }: NadsSummary, copies: number): ImageShape => ({
  channels: image.channels / copies,
  height: image.height,
  width: image.width,
});

/** The subspace of the first k directions. @param top k, at most as many directions as there are */
export function comparedSubspace(result: NadsResult, top: number): ComparedSubspace {
  const copies = copiesOf(result);
  const rows = rowsOf(result);
  const { name, summary, eigenvalues: all = new Float64Array() } = result;
  const eigenvalues = onceEach(all, copies);
  const predicted = summary?.stability?.predicted_overlap[top * copies];
  const types = summary && symmetryTypes(rows, rowImage(summary, copies));
  return {
    name,
    rows,
    leading: about(name, () => orthonormalise(firstRows(rows, top))),
    eigenvalues,
    types,
    top,
    span: Math.max(top, summary?.directions.probed ?? rows.columns),
    halfSplitOverlap: summary?.stability?.half_split_overlap[top * copies],
    ...(predicted !== undefined && {
      angles: noiseAngles({ eigenvalues, top, predicted, types }),
    }),
  };
}

const firstRows = (a: Matrix, k: number): Matrix =>
  matrix(k, a.columns, a.data.subarray(0, k * a.columns));

/** Mean squared cosine between two leading subspaces of the same dimension. */
export const overlapOf = (a: ComparedSubspace, b: ComparedSubspace): number =>
  overlap(a.leading, b.leading, a.top);

/** What unrelated subspaces have on average: a space of a few directions lies in that of all. */
export const chanceBetween = (a: ComparedSubspace, b: ComparedSubspace): number =>
  a.top / Math.max(a.span, b.span);

/** Standard error of the overlap of two subspaces from the noise of the first; NaN where that is not known. */
export const errorFrom = (
  { angles, ...subspace }: ComparedSubspace,
  { leading }: Pick<ComparedSubspace, 'leading'>,
): number => (angles ? overlapError({ ...subspace, angles }, leading) : NaN);
