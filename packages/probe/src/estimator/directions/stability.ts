import { overlap, type MatrixProduct } from '@nads/linalg';
import { blockEigen, liftEigenvectors } from './block-eigen.js';
import { averageSums } from '../accumulate/covariance.js';
import type { Tally } from '../accumulate/sample.js';
import type { SymmetryBlock } from '../accumulate/symmetry-blocks.js';

/** How well a leading subspace is known, without a reference. */
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
 * Half-split overlaps of leading subspaces: even against odd groups of networks.
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

async function halfSubspace(
  tally: Tally,
  blocks: readonly SymmetryBlock[],
  n: number,
  k: number,
  half: number,
  multiply?: MatrixProduct,
) {
  const groups = tally.groups.filter((_, g) => g % 2 === half);
  const covariance = averageSums(groups, tally.networks / 2);
  return liftEigenvectors(await blockEigen(covariance, blocks, k, multiply), blocks, n);
}

/**
 * The overlap with the true subspace that all networks should reach, from that of two halves. An
 * estimated subspace keeps a share q of the true one; the halves are independent, so their overlap
 * is q² and what chance adds. The odds (1 − q)/q fall as 1/networks (first-order perturbation), so
 * with twice the networks they halve.
 * @param chance overlap of unrelated subspaces, k / n.
 */
export function predictOverlap(halfSplit: number, chance: number): number {
  const beyondChance = Math.max(0, (halfSplit - chance) / (1 - chance));
  const half = Math.sqrt(beyondChance);
  const whole = half === 0 ? 0 : 1 / (1 + (1 - half) / half / 2);
  return chance + (1 - chance) * whole;
}
