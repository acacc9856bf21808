import { quantile } from '@nads/linalg';

/** The median of χ² of one degree of freedom. */
const medianChiSquare = 0.4549;

/** Degrees of freedom that what is known of all counts for, beside the one of each by itself. */
const priorDegrees = 3;

/**
 * Variances that two values each have shown, which say little by themselves, moderated by that of all (Smyth 2004, with three degrees of
 * freedom for the prior): that of all is the median of variances of one degree of freedom over the median of χ²₁.
 * @returns NaN where one is not a finite number
 */
export function moderatedVariances(own: readonly number[]): number[] {
  const known = own.filter(Number.isFinite);
  const prior = known.length > 0 ? quantile(known, 0.5) / medianChiSquare : NaN;
  return own.map(variance => (variance + priorDegrees * prior) / (1 + priorDegrees));
}
