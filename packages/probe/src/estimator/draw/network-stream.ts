import { Random } from '@nads/linalg';

/** A network of a plan, by its number; or one of the further networks that are drawn in addition to it. */
export type NetworkNumber = number | { readonly index: number; readonly further: number };

/** The stream of random numbers that a network of a seed is drawn from. */
export function networkStream(seed: number, number: NetworkNumber): Random {
  const networks = new Random(seed).fork('network');
  if (typeof number === 'number') return networks.fork(number);
  return networks.fork(number.index).fork('further').fork(number.further);
}
