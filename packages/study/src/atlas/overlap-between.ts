import { errorFrom, overlapOf, type ComparedSubspace } from '../compare/compared-subspace.js';

/** Two independent estimates of the same subspace. */
export type Twins = readonly [ComparedSubspace, ComparedSubspace];

/** How much the leading subspaces of two architectures overlap, from two independent estimates of each. */
export interface PairOverlap {
  /** Mean of the four overlaps. */
  readonly overlap: number;
  /** Standard error of the mean, from the noise of the eigenvalues. */
  readonly predicted: number;
  /** Standard error of the mean, from how it differs between the estimates of each. */
  readonly spread: number;
}

/** Overlap of two architectures. */
export function overlapBetween(a: Twins, b: Twins): PairOverlap {
  const found = a.map(one => b.map(other => overlapOf(one, other)));
  const [[aa, ab], [ba, bb]] = found;
  const differences = [aa + ab - ba - bb, aa + ba - ab - bb];
  return {
    overlap: (aa + ab + ba + bb) / 4,
    predicted: predictedError(a, b),
    spread: Math.hypot(...differences) / 4,
  };
}

/** The estimates are independent: variances of a mean of two are a half of those of one, each taken once. */
const predictedError = (a: Twins, b: Twins): number =>
  Math.hypot(...[0, 1].flatMap(i => [errorFrom(a[i], b[i]), errorFrom(b[i], a[i])])) / 2;

/** Overlap of the two estimates of one architecture, which is the most that another can have with it. */
export const overlapWithin = ([a, b]: Twins): Pick<PairOverlap, 'overlap' | 'predicted'> => ({
  overlap: overlapOf(a, b),
  predicted: Math.hypot(errorFrom(a, b), errorFrom(b, a)),
});
