import { Random } from '@nads/linalg';

/** The stream of random numbers that network number `index` of a seed is drawn from. */
export const networkStream = (seed: number, index: number): Random =>
  new Random(seed).fork('network').fork(index);
