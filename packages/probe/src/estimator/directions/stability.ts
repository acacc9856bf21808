import { overlap, type Matrix, type MatrixProduct } from '@nads/linalg';
import { averageSums } from '../accumulate/average-sums.js';
import { wholeBlocks } from '../accumulate/part-blocks.js';
import type { SymmetryBlock } from '../accumulate/symmetry-blocks.js';
import type { Tally } from '../accumulate/tally.js';
import { blockEigen } from './block-eigen.js';
import { liftEigenvectors } from './lift-eigenvectors.js';
import { partCorrection } from './part-correction.js';
import { predictOverlap } from './predict-overlap.js';
import { withoutNullSpace } from './without-null-space.js';

/** Stability of a leading subspace, estimated without a reference. */
export interface Stability {
  /** Dimension of the subspace. */
  readonly top: number;
  /** ‖U_A U_Bᵀ‖²_F / k between the subspaces of two halves of the networks. */
  readonly halfSplitOverlap: number;
  /** What overlap the subspace of all networks should have with the true one. */
  readonly predictedOverlap: number;
}

/** Fewest networks from which two halves can be compared. */
export const fewestForStability = 4;

/**
 * Half-split overlaps of leading subspaces: even against odd groups of networks. Directions of zero eigenvalues agree with
 * none, so that a subspace of more dimensions than the networks respond to is not stable.
 * @returns none where there are fewer than four networks.
 */
export async function stability(
  tally: Tally,
  blocks: readonly SymmetryBlock[],
  n: number,
  tops: readonly number[],
  multiply?: MatrixProduct,
): Promise<Stability[]> {
  if (tally.networks < fewestForStability) return [];
  const wanted = tops.filter(k => k <= n);
  const most = Math.max(0, ...wanted);
  const [a, b] = await Promise.all(
    [0, 1].map(half => halfSubspace(tally, blocks, n, most, half, multiply)),
  );
  return wanted.map(top => {
    const halfSplitOverlap = overlap(a, b, top);
    return { top, halfSplitOverlap, predictedOverlap: predictOverlap(halfSplitOverlap, top / n) };
  });
}

/** The leading k eigenvectors that the even (half 0) or odd (half 1) groups of networks give, as rows; 0 for zero eigenvalues. */
async function halfSubspace(
  tally: Tally,
  blocks: readonly SymmetryBlock[],
  n: number,
  k: number,
  half: number,
  multiply?: MatrixProduct,
): Promise<Matrix> {
  const groups = tally.groups.filter((_, g) => g % 2 === half);
  const average = averageSums(groups, tally.networks / 2);
  const covariance = partCorrection(average, blocks)(average);
  const types = wholeBlocks(blocks);
  const eigen = await blockEigen(covariance, types, k, multiply);
  return withoutNullSpace(liftEigenvectors(eigen, types, n), eigen.pairs);
}
