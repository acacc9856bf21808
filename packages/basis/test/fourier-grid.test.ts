import { fourierDirection, gridFrequencies } from '../src/fourier-grid.js';

const dot = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, x, i) => sum + x * b[i], 0);

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
