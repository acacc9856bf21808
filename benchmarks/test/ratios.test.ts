import { chanceApart, ratiosOf } from '../compare/ratios.ts';
import type { Measurement } from '../lib/measurement.ts';
import { measurement } from './measurement.ts';

/** Measurements of one result, in the order they were made. */
const timed = (...seconds: readonly number[]): Measurement[] =>
  seconds.map(ours_seconds => {
    const row = { name: 'lenet', ours_seconds, peer_seconds: null, ratio: null };
    return measurement({ results: [row] });
  });

test('medians, and ratios of measurements that followed one another', () => {
  const { ratios } = ratiosOf(timed(2, 4, 3), timed(3, 2, 6));
  expect(ratios).toEqual([
    { name: 'margin: lenet', a: 3, b: 3, ratio: 1, spread: [0.5, 2], apart: false },
  ]);
});

test('the median of four is between the second and the third', () => {
  expect(ratiosOf(timed(8, 1, 2, 4), timed(6, 6, 6, 6)).ratios[0]).toMatchObject({
    a: 3,
    ratio: 2,
  });
});

test.each([
  ['B is slower', [1, 1.1, 1.2], [1.3, 1.4, 1.5], true],
  ['B is faster', [1.3, 1.4, 1.5], [1, 1.1, 1.2], true],
  ['they overlap', [1, 1.1, 1.31], [1.3, 1.4, 1.5], false],
  ['they touch', [1, 1.1, 1.3], [1.3, 1.4, 1.5], false],
])('%s', (_, a, b, apart) => {
  expect(ratiosOf(timed(...a), timed(...b)).ratios[0].apart).toBe(apart);
});

test('what only one side has is named', () => {
  const other = measurement({ benchmark: 'score' });
  const { ratios, onlyA, onlyB } = ratiosOf(timed(1), [other]);
  expect([ratios, onlyA, onlyB]).toEqual([[], ['margin: lenet'], ['score: margin-lenet']]);
});

test('results of one name are told apart by what they are compared with', () => {
  const [row] = timed(1)[0].results;
  const results = [
    { ...row, compared: 'x' },
    { ...row, compared: 'y', ours_seconds: 2 },
  ];
  const { ratios } = ratiosOf([measurement({ results })], [measurement({ results })]);
  expect(ratios.map(({ name, a }) => [name, a])).toEqual([
    ['margin: lenet (x)', 1],
    ['margin: lenet (y)', 2],
  ]);
});

test('of n times each, two of the C(2n, n) orders keep the sides apart', () => {
  expect([1, 2, 3, 4, 5].map(chanceApart)).toEqual([1, 1 / 3, 1 / 10, 1 / 35, 1 / 126]);
});

/** Whether all of the first n are on one side of all others. */
function isApart(values: readonly number[], n: number): boolean {
  const [a, b] = [values.slice(0, n), values.slice(n)];
  return Math.max(...a) < Math.min(...b) || Math.max(...b) < Math.min(...a);
}

test('as counted over all orders of two times three', () => {
  const orders = permutations([0, 1, 2, 3, 4, 5]);
  const apart = orders.filter(order => isApart(order, 3));
  expect(apart.length / orders.length).toBeCloseTo(chanceApart(3), 12);
});

function permutations(values: readonly number[]): number[][] {
  if (values.length === 0) return [[]];
  return values.flatMap((value, i) =>
    permutations(values.toSpliced(i, 1)).map(rest => [value, ...rest]),
  );
}
