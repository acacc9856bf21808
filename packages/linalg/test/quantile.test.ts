import { degrees, joined, quantile } from '../src/index.js';

test('quantiles lie between the two nearest values, as NumPy has them', () => {
  expect([0, 0.25, 0.5, 1].map(share => quantile([4, 1, 2, 3], share))).toEqual([1, 1.75, 2.5, 4]);
  expect(quantile([7], 0.3)).toBe(7);
});

test('infinite values are the largest', () => {
  expect(quantile([Infinity, 1, 2], 0.5)).toBe(2);
  expect(quantile([Infinity, Infinity, 2], 0.5)).toBe(Infinity);
  expect(quantile([Infinity, 1], 0)).toBe(1);
});

test('a right angle has 90 degrees', () => {
  expect(degrees(Math.PI / 2)).toBe(90);
});

test('arrays are put one after the other', () => {
  const parts = [Float32Array.of(1, 2), new Float32Array(), Float32Array.of(3)];
  expect(joined(Float32Array, parts)).toEqual(Float32Array.of(1, 2, 3));
  expect(joined(Uint8Array, [])).toEqual(new Uint8Array());
});
