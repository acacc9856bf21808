import { contingency } from './contingency.js';

/**
 * How far two partitions agree beyond chance (Hubert & Arabie 1985): 1 where they are the same but for names, 0 on average
 * for independent ones, negative below. @throws where they differ in length.
 */
export function adjustedRandIndex(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const { data, rows, columns } = contingency(a, b);
  const sumOf = (index: (at: number) => number, count: number): number => {
    const sums = new Float64Array(count);
    data.forEach((x, at) => (sums[index(at)] += x));
    return pairsIn(sums);
  };
  const both = pairsIn(data);
  const inA = sumOf(at => Math.floor(at / columns), rows);
  const inB = sumOf(at => at % columns, columns);
  const expected = (inA * inB) / pairs(a.length);
  const most = (inA + inB) / 2;
  return most === expected || a.length < 2 ? 1 : (both - expected) / (most - expected);
}

const pairs = (n: number): number => (n * (n - 1)) / 2;

const pairsIn = (sizes: Float64Array): number => sizes.reduce((sum, n) => sum + pairs(n), 0);
