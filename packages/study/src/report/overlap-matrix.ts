import { matrix, orthonormalise, overlap, type Matrix } from '@nads/linalg';
import { overlapError, type EstimatedSubspace } from '../compare/overlap-error.js';
import type { NadsResult } from '../estimate/nads-codec.js';
import { about } from '../named-error.js';

/** How much of one leading subspace lies in another. */
export interface OverlapCell {
  readonly overlap: number;
  /** NaN where it is not known. */
  readonly standardError: number;
}

/** Overlaps of the leading subspaces of several results, of one channel where all channels have the same directions. */
export interface OverlapMatrix {
  /** Dimension k of the subspaces. */
  readonly top: number;
  /** Dimension D of the space. */
  readonly dimension: number;
  /** What unrelated subspaces have on average: k / D. */
  readonly chance: number;
  readonly names: readonly string[];
  /** [N × N]; on the diagonal that of two halves of the networks; undefined where it is not known. */
  readonly cells: readonly (readonly (OverlapCell | undefined)[])[];
}

/**
 * Mean squared cosines between the leading subspaces of results. Those of another image size, or with fewer than k directions,
 * are left out.
 */
export function overlapMatrix(results: readonly NadsResult[], top: number): OverlapMatrix {
  const dimension = rowsOf(results[0]).columns;
  const found = results
    .filter(one => rowsOf(one).columns === dimension && rowsOf(one).rows >= top)
    .map(one => subspaceOf(one, top));
  const cells = found.map(a => found.map(b => (a === b ? halves(a) : cellOf(a, b))));
  return { top, dimension, chance: top / dimension, names: found.map(({ name }) => name), cells };
}

interface Subspace extends EstimatedSubspace {
  readonly name: string;
  /** Orthonormal in double precision: [k × D]. */
  readonly leading: Matrix;
  readonly halfSplitOverlap?: number;
}

const rowsOf = ({ rows, channelRows = rows }: NadsResult): Matrix => channelRows;

function subspaceOf(result: NadsResult, top: number): Subspace {
  const rows = rowsOf(result);
  const copies = result.rows.columns / rows.columns;
  const { half_split_overlap: half, predicted_overlap: predicted } =
    result.summary?.stability ?? {};
  return {
    name: result.name,
    rows,
    leading: about(result.name, () => orthonormalise(firstRows(rows, top))),
    eigenvalues: (result.eigenvalues ?? new Float64Array()).filter((_, i) => i % copies === 0),
    top,
    predicted: predicted?.[top * copies] ?? NaN,
    halfSplitOverlap: half?.[top * copies],
  };
}

const firstRows = (a: Matrix, k: number): Matrix =>
  matrix(k, a.columns, a.data.subarray(0, k * a.columns));

const halves = ({ halfSplitOverlap }: Subspace): OverlapCell | undefined =>
  halfSplitOverlap === undefined ? undefined : { overlap: halfSplitOverlap, standardError: NaN };

/** The errors from both sides are independent. */
const cellOf = (a: Subspace, b: Subspace): OverlapCell => ({
  overlap: overlap(a.leading, b.leading, a.top),
  standardError: Math.hypot(overlapError(a, b.leading), overlapError(b, a.leading)),
});
