import { quantile } from '@nads/linalg';

/** Two independent estimates of a positive number, each of so many networks. */
export interface Pair {
  readonly values: readonly [number, number];
  readonly networks: number;
}

/** The median of χ² of one degree of freedom. */
const medianChiSquare = 0.4549;

/** Degrees of freedom that what is known of all counts for, beside the one of a pair itself. */
const priorDegrees = 3;

/**
 * Standard errors of the means of pairs. Two values say little of their own spread, so it is moderated by that of all pairs (Smyth 2004, with
 * three degrees of freedom for the prior): variances are of logarithms and times the number of networks, that of all is the median over
 * the median of χ²₁.
 * @returns of each pair; NaN where a value is not above 0
 */
export function pooledErrors(pairs: readonly Pair[]): number[] {
  const own = pairs.map(({ values: [a, b], networks }) => (networks * Math.log(a / b) ** 2) / 4);
  const known = own.filter(Number.isFinite);
  const prior = known.length > 0 ? quantile(known, 0.5) / medianChiSquare : NaN;
  return pairs.map(({ values: [a, b], networks }, i) => {
    const variance = (own[i] + priorDegrees * prior) / (1 + priorDegrees) / networks;
    return Number.isFinite(variance) ? ((a + b) / 2) * Math.sqrt(variance) : NaN;
  });
}
