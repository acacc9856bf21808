import type { Matrix } from '@nads/linalg';
import type { SymmetryBlock } from '../accumulate/symmetry-blocks.js';
import { effectiveDraws } from './effective-draws.js';
import type { GroupCovariance } from './group-covariances.js';
import { trace } from './trace.js';

/** The eigenvalues that an isotropic network of the same power would show by chance. */
export interface NoiseFloor {
  readonly lower: number;
  readonly upper: number;
  /** Leading eigenvalues above the upper edge: that many NADs are distinguishable from noise. */
  readonly index: number;
}

/** Relative room above the edge, for rounding. */
const slack = 1e-6;

/**
 * The edges λ̄(1 ± √(d/n))² of the Marchenko–Pastur law, λ̄ the mean eigenvalue, d the size of a
 * symmetry type and n its effective draws; the widest over all types. A logistic regression is
 * isotropic and its spectrum lies between the edges.
 * @returns undefined with too few networks.
 */
export function noiseFloor(
  groups: Iterable<GroupCovariance>,
  covariance: readonly Matrix[],
  blocks: readonly SymmetryBlock[],
  eigenvalues: ArrayLike<number>,
): NoiseFloor | undefined {
  const size = blocks.reduce((sum, block) => sum + block.size * block.parts.length, 0);
  const total = covariance.reduce((sum, c, b) => sum + trace(c) * blocks[b].parts.length, 0);
  const ratios = effectiveDraws(groups, covariance).map((n, b) => blocks[b].size / n);
  if (ratios.some(Number.isNaN)) return undefined;
  const widest = Math.sqrt(Math.max(...ratios));
  const mean = total / size;
  const upper = mean * (1 + widest) ** 2;
  const above = Array.from(eigenvalues).findIndex(value => value <= upper * (1 + slack));
  return {
    upper,
    lower: mean * Math.max(0, 1 - widest) ** 2,
    index: above < 0 ? eigenvalues.length : above,
  };
}
