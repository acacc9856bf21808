import { fourierDirection } from '@nads/basis';
import { Random } from '@nads/linalg';
import { separableImages } from '../src/separable-images.js';

const v = fourierDirection(2, 3, 8, 8);
const settings = { dims: [1, 8, 8] as const, direction: v, epsilon: 2, sigma: 3, count: 400 };
const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, x, i) => sum + x * b[i], 0);

test('along v every image is at ε/2 on the side of its class', () => {
  const set = separableImages(settings, new Random(1));
  expect([...set.labels!.subarray(0, 4)]).toEqual([0, 1, 0, 1]);
  for (let i = 0; i < set.count; i++)
    expect(dot(set.image(i).data, v)).toBeCloseTo(set.labels![i] === 0 ? 1 : -1, 4);
});

test('the smallest distance that is taken still tells the classes apart', () => {
  const set = separableImages({ ...settings, sigma: 1e6, epsilon: 1 }, new Random(1));
  for (let i = 0; i < set.count; i++)
    expect(Math.sign(dot(set.image(i).data, v))).toBe(set.labels![i] === 0 ? 1 : -1);
});

test('across v the noise has mean 0 and variance σ², and none is left along v', () => {
  const set = separableImages(settings, new Random(1));
  const across = fourierDirection(1, 0, 8, 8);
  const values = Array.from({ length: set.count }, (_, i) => dot(set.image(i).data, across));
  const mean = values.reduce((a, b) => a + b) / values.length;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
  expect(Math.abs(mean)).toBeLessThan(4 * (3 / Math.sqrt(400)));
  expect(Math.abs(variance / 9 - 1)).toBeLessThan(4 * Math.sqrt(2 / 400));
});

test('an image depends on the seed and its own number alone', () => {
  const one = separableImages(settings, new Random(1));
  const fewer = separableImages({ ...settings, count: 10 }, new Random(1));
  expect(fewer.image(7).data).toEqual(one.image(7).data);
  expect(separableImages(settings, new Random(2)).image(7).data).not.toEqual(one.image(7).data);
});

test.each([
  [{ epsilon: 0 }, '`epsilon`: 0 is not a number above 0'],
  [{ sigma: -1 }, '`sigma`: -1 is not a number above 0'],
  [{ sigma: NaN }, '`sigma`: NaN is not'],
  [{ sigma: 1e300 }, '`sigma`: 1e+300 is more than 1e+30'],
  [{ epsilon: Infinity }, '`epsilon`: Infinity is more than 1e+30'],
  [
    { sigma: 1e8 },
    '`epsilon`: 2 is lost in rounding beside noise of `sigma` 100000000; give at least 9.5e+1',
  ],
  [{ count: 0 }, '0 of them'],
  [{ count: 1e11 }, '100000000000 of them, expected an integer from 1 to 100000000'],
  [{ direction: v.subarray(1) }, '63 numbers for images of 1×8×8'],
  [{ direction: v.map(x => 2 * x) }, "the direction's norm is 2.00000"],
  [{ direction: v.map(() => 0) }, 'norm is 0.00000'],
])('%p is refused', (change, message) => {
  expect(() => separableImages({ ...settings, ...change }, new Random(1))).toThrow(message);
});
