import { errorFrom, overlapOf, type ComparedSubspace } from '../compare/compared-subspace.js';

/** The same subspace of two independent estimates, of seeds that are the same for all architectures. */
export type Twins = readonly [ComparedSubspace, ComparedSubspace];

/** How much the leading subspaces of two architectures overlap. */
export interface PairOverlap {
  /** Mean over the two pairs of estimates of different seeds. */
  readonly overlap: number;
  /** Standard error of the mean, from the noise of the eigenvalues. */
  readonly predicted: number;
  /** Standard error of the mean, from the difference between the two. */
  readonly spread: number;
}

/**
 * Overlap of two architectures. Estimates of the same seed are at the same point and may share weights, so their noise is alike; only those of
 * different seeds are compared.
 */
export function overlapBetween(a: Twins, b: Twins): PairOverlap {
  const [one, other] = [overlapOf(a[0], b[1]), overlapOf(a[1], b[0])];
  const errors = [
    errorFrom(a[0], b[1]),
    errorFrom(b[1], a[0]),
    errorFrom(a[1], b[0]),
    errorFrom(b[0], a[1]),
  ];
  return {
    overlap: (one + other) / 2,
    predicted: Math.hypot(...errors) / 2,
    spread: Math.abs(one - other) / 2,
  };
}

/** Overlap of the two estimates of one architecture, which is the most that another can have with it. */
export const overlapWithin = ([a, b]: Twins): Omit<PairOverlap, 'spread'> => ({
  overlap: overlapOf(a, b),
  predicted: Math.hypot(errorFrom(a, b), errorFrom(b, a)),
});
