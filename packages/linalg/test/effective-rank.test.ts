import * as fc from 'fast-check';
import { effectiveRank } from '../src/index.js';

test('equal eigenvalues count fully and zeros not at all', () => {
  expect(effectiveRank([3, 3, 3, 0, -1e-17])).toBeCloseTo(3, 14);
  expect(effectiveRank(new Float32Array([5]))).toBe(1);
});

test('a spectrum of a half and two quarters, by hand', () => {
  expect(effectiveRank([2, 1, 1])).toBeCloseTo(2 * Math.SQRT2, 14);
});

test('the effective rank lies between one and the number of eigenvalues, whatever their scale', () => {
  const spectrum = fc.array(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(spectrum, values => {
      const rank = effectiveRank(values);
      expect(rank).toBeGreaterThanOrEqual(1 - 1e-12);
      expect(rank).toBeLessThanOrEqual(values.length * (1 + 1e-12));
      expect(effectiveRank(values.map(value => 1e5 * value))).toBeCloseTo(rank, 9);
    }),
  );
});

test('a spectrum without a positive eigenvalue is refused', () => {
  expect(() => effectiveRank([0, 0])).toThrow('no effective rank without a positive eigenvalue');
});
