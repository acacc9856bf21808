import { moderatedVariances } from './moderated-variances.js';

/** Two independent estimates of a positive number, each of so many networks. */
export interface Pair {
  readonly values: readonly [number, number];
  readonly networks: number;
}

/**
 * Standard errors of the means of pairs, moderated by those of all: variances are of logarithms, times the number of networks.
 * @returns of each pair; NaN where a value is not above 0
 */
export function pooledErrors(pairs: readonly Pair[]): number[] {
  const own = pairs.map(({ values: [a, b], networks }) => (networks * Math.log(a / b) ** 2) / 4);
  const moderated = moderatedVariances(own);
  return pairs.map(({ values: [a, b], networks }, i) => {
    const error = ((a + b) / 2) * Math.sqrt(moderated[i] / networks);
    return Number.isFinite(error) ? error : NaN;
  });
}
