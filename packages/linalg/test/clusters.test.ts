import * as fc from 'fast-check';
import {
  adjustedRandIndex,
  bestMatching,
  fromRows,
  kernelKMeans,
  matchedShare,
  matrix,
  multiplyTransposed,
  Random,
  type Matrix,
} from '../src/index.js';

/** Points around (0, 0), (10, 0), (0, 10), … */
function groups(count: number, each: number): { kernel: Matrix; truth: number[] } {
  const truth = Array.from({ length: count * each }, (_, i) => i % count);
  const random = new Random('points');
  const points = fromRows(
    truth.map(group =>
      Array.from({ length: count }, (_, axis) => (axis === group ? 10 : 0) + random.next()),
    ),
  );
  return { kernel: multiplyTransposed(points, points), truth };
}

describe('kernel k-means', () => {
  test.each([1, 2, 3, 6])('finds %i groups that lie apart', count => {
    const { kernel, truth } = groups(count, 7);
    const { labels } = kernelKMeans(kernel, count, { random: new Random(1) });
    expect(adjustedRandIndex(labels, truth)).toBe(1);
  });

  test('of points on a line it is what one works out by hand', () => {
    const points = fromRows([[0], [1], [10], [11], [12]]);
    const kernel = multiplyTransposed(points, points);
    const { labels, spread } = kernelKMeans(kernel, 2, { random: new Random(2) });
    expect(adjustedRandIndex(labels, [0, 0, 1, 1, 1])).toBe(1);
    // ½ + ½ around ½·1 twice, 1 + 0 + 1 around 11
    expect(spread).toBeCloseTo(0.5 + 2, 10);
  });

  test('as many clusters as points have no spread, equal points among them', () => {
    const points = fromRows([[3], [3], [3], [7]]);
    const kernel = multiplyTransposed(points, points);
    const { labels, spread } = kernelKMeans(kernel, 4, { random: new Random(3) });
    expect([new Set(labels).size, spread]).toEqual([4, 0]);
  });

  test('the same seed gives the same clusters, and more restarts none of more spread', () => {
    const kernel = scattered(40);
    const spreadOf = (restarts: number) =>
      kernelKMeans(kernel, 5, { random: new Random(4), restarts }).spread;
    expect(spreadOf(1)).toBe(spreadOf(1));
    expect(spreadOf(20)).toBeLessThan(spreadOf(1));
  });

  test('fewer points than clusters are refused', () => {
    expect(() => kernelKMeans(matrix(2, 2), 3, { random: new Random(1) })).toThrow(
      '2 points cannot be in 3 clusters',
    );
  });
});

function scattered(count: number): Matrix {
  const points = matrix(count, 3);
  new Random('scattered').fillNormal(points.data, 0, 1);
  return multiplyTransposed(points, points);
}

describe('adjusted Rand index', () => {
  test('is what one works out by hand', () => {
    // pairs together in both: 1; in a: 1 + 1, in b: 3 of 6; expected 2·3/6 = 1
    expect(adjustedRandIndex([0, 0, 1, 1], [0, 0, 0, 1])).toBe(0);
    // scikit-learn's example
    expect(adjustedRandIndex([0, 0, 1, 2], [0, 0, 1, 1])).toBeCloseTo(0.5714285714, 9);
    expect(adjustedRandIndex([0, 0, 1, 1], [0, 1, 0, 1])).toBeCloseTo(-0.5, 12);
  });

  test('names of clusters do not matter', () => {
    expect(adjustedRandIndex([5, 5, 9, 7], [1, 1, 0, 2])).toBe(1);
    expect(adjustedRandIndex([1, 1, 1], [4, 4, 4])).toBe(1);
    expect(() => adjustedRandIndex([1], [1, 2])).toThrow('partitions of 1 and of 2 points');
  });
});

describe('best matching', () => {
  test('is the best of all permutations', () => {
    const table = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }));
    fc.assert(
      fc.property(table, fc.integer(), ([rows, columns], seed) => {
        const gains = matrix(rows, columns);
        const random = new Random(seed);
        gains.data.forEach((_, i) => (gains.data[i] = random.int(20)));
        const found = bestMatching(gains);
        const used = found.filter(column => column >= 0);
        expect([found.length, new Set(used).size]).toEqual([rows, Math.min(rows, columns)]);
        expect(gainOf(gains, found)).toBe(bestOfAll(gains));
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  test('of clusters says how many points they agree on', () => {
    expect(matchedShare([0, 0, 0, 1, 1], [1, 1, 0, 0, 0])).toBe(0.8);
    expect(matchedShare([0, 1, 2, 3], [0, 0, 1, 1])).toBe(0.5);
  });
});

const gainOf = ({ columns, data }: Matrix, matching: readonly number[]): number =>
  matching.reduce((sum, column, row) => sum + (column < 0 ? 0 : data[row * columns + column]), 0);

function bestOfAll(gains: Matrix, row = 0, taken: readonly number[] = []): number {
  if (row === gains.rows) return 0;
  const free = Array.from({ length: gains.columns }, (_, c) => c).filter(c => !taken.includes(c));
  const matched = free.map(
    column =>
      gains.data[row * gains.columns + column] + bestOfAll(gains, row + 1, [...taken, column]),
  );
  const without = gains.rows > gains.columns ? [bestOfAll(gains, row + 1, taken)] : [];
  return Math.max(...matched, ...without);
}
