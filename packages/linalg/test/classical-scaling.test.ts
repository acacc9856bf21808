import { fromRows, matrix } from '../src/matrix.js';
import { classicalScaling } from '../src/classical-scaling.js';

test('three points on a line come back at their places about the mean, the second axis empty', () => {
  // at 0, 3 and 4: mean 7/3
  const { points, carried } = classicalScaling(
    fromRows([
      [0, 3, 4],
      [3, 0, 1],
      [4, 1, 0],
    ]),
  );
  const along = [0, 1, 2].map(i => points.data[2 * i]);
  const sign = Math.sign(along[2]);
  expect(along.map(x => sign * x)).toEqual([-7 / 3, 2 / 3, 5 / 3].map(x => expect.closeTo(x, 10)));
  [1, 3, 5].forEach(at => expect(points.data[at]).toBeCloseTo(0, 6));
  expect(carried).toBeCloseTo(1, 10);
});

test('a right triangle keeps its distances in the plane, and not on a line', () => {
  const sides = fromRows([
    [0, 3, 4],
    [3, 0, 5],
    [4, 5, 0],
  ]);
  const { points, carried } = classicalScaling(sides);
  const between = (i: number, j: number): number =>
    Math.hypot(
      points.data[2 * i] - points.data[2 * j],
      points.data[2 * i + 1] - points.data[2 * j + 1],
    );
  expect([between(0, 1), between(0, 2), between(1, 2)]).toEqual(
    [3, 4, 5].map(x => expect.closeTo(x, 10)),
  );
  expect(carried).toBeCloseTo(1, 10);
  expect(classicalScaling(sides, 1).carried).toBeLessThan(0.95);
});

test('distances that no points have carry less than all; equal points lie together', () => {
  const none = fromRows([
    [0, 1, 5],
    [1, 0, 1],
    [5, 1, 0],
  ]);
  expect(classicalScaling(none).carried).toBeLessThan(0.99);
  expect([...classicalScaling(matrix(2, 2)).points.data]).toEqual([0, 0, 0, 0]);
  expect(() => classicalScaling(matrix(2, 3))).toThrow('square');
  expect(() => classicalScaling(matrix(0, 0))).toThrow('no distances');
});
