import { Random } from '@nads/linalg';
import { fourierDirection, gridFrequencies } from '../src/fourier-direction.js';
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
  [{ epsilon: 0 }, 'epsilon is 0'],
  [{ sigma: -1 }, 'sigma is -1'],
  [{ count: 0 }, '0 of them'],
  [{ direction: v.subarray(1) }, '63 numbers for images of 1×8×8'],
  [{ direction: v.map(x => 2 * x) }, "the direction's norm is 2.00000"],
  [{ direction: v.map(() => 0) }, 'norm is 0.00000'],
])('%p is refused', (change, message) => {
  expect(() => separableImages({ ...settings, ...change }, new Random(1))).toThrow(message);
});

test('the published grid: 8:8 is the constant image, 9:7 has frequencies 2 and −2', () => {
  expect(gridFrequencies([8, 8], 16, [32, 32])).toEqual([0, 0]);
  expect(gridFrequencies([9, 7], 16, [32, 32])).toEqual([2, -2]);
  expect(() => gridFrequencies([17, 0], 16, [32, 32])).toThrow('17:0 is not on the Fourier grid');
  expect(() => gridFrequencies([0, 0], 16, [28, 28])).toThrow('does not fit images of 28×28');
  const constant = fourierDirection(0, 0, 32, 32);
  expect(constant.every(x => Math.abs(x - 1 / 32) < 1e-12)).toBe(true);
});

test('Fourier directions: by hand, of unit norm, the same for opposite frequencies', () => {
  const half = Math.SQRT1_2;
  fourierDirection(0, 1, 1, 4).forEach((x, i) => expect(x).toBeCloseTo([half, 0, -half, 0][i], 12));
  const [there, opposite] = [fourierDirection(3, -5, 8, 8), fourierDirection(-3, 5, 8, 8)];
  there.forEach((x, i) => expect(x).toBeCloseTo(opposite[i], 12));
  expect(dot(there, there)).toBeCloseTo(1, 12);
});
