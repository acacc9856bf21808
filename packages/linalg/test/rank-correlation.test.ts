import { rankCorrelation } from '../src/rank-correlation.js';

test.each([
  [[1, 2, 3], [10, 20, 1000], 1],
  [[1, 2, 3], [3, 0, -5], -1],
  // ranks 0 1 2 3 and 1 0 2 3: 1 − 6·2/(4·15)
  [[1, 2, 3, 4], [2, 1, 7, 8], 0.8],
  // ranks 0.5 0.5 2 and 0 1 2
  [[1, 1, 2], [1, 2, 3], Math.sqrt(3) / 2],
  // ranks 0 1.5 1.5 3 and 0 1 2 3: 4.5 / √(4.5 · 5)
  [[1, 2, 2, 3], [1, 2, 3, 4], Math.sqrt(0.9)],
  [[1, 2, Infinity], [1, 2, 3], 1],
])('of %j and %j', (x, y, expected) => {
  expect(rankCorrelation(x, y)).toBeCloseTo(expected, 12);
});

test('of a constant there is none', () => {
  expect(rankCorrelation([1, 1], [1, 2])).toBeNaN();
  expect(() => rankCorrelation([1], [1, 2])).toThrow('1 values with 2');
});
