import type { Random } from '@nads/linalg';

/** 0 for a share `rate` of elements and 1/(1 − rate) for the others. */
export function dropoutMask(size: number, rate: number, random: Random): Float32Array {
  const kept = 1 / (1 - rate);
  return Float32Array.from({ length: size }, () => (random.next() < rate ? 0 : kept));
}
