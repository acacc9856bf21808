import * as fc from 'fast-check';
import { expectClose } from '@nads/testing';
import { identity, multiplyTransposed, Random } from '../src/index.js';
import { rankOneEigen } from '../src/rank-one-eigen.js';
import { secularRoot } from '../src/secular-root.js';

function roots(poles: Iterable<number>, weights: Iterable<number>): Float64Array {
  const f = { poles: Float64Array.from(poles), weights: Float64Array.from(weights) };
  return f.poles.map((_, i) => secularRoot(f, i, new Float64Array(f.poles.length)));
}

test('one pole: the root lies its weight above it', () => {
  expectClose(roots([3], [0.25]), [3.25], { rtol: 1e-15 });
});

test('two poles as worked out by hand', () => {
  // 1 + 1/(0 − λ) + 1/(1 − λ) = 0 is λ² − 3λ + 1 = 0.
  expectClose(roots([0, 1], [1, 1]), [(3 - Math.sqrt(5)) / 2, (3 + Math.sqrt(5)) / 2], {
    rtol: 1e-15,
  });
});

test('distances from the poles are relatively accurate, however near the root', () => {
  // Near d_0 = 0 the equation is 1 − w/λ + 1/(1 − λ) = 0, so λ ≈ w/2.
  const distances = new Float64Array(2);
  secularRoot({ poles: Float64Array.of(0, 1), weights: Float64Array.of(1e-30, 1) }, 0, distances);
  expectClose(distances, [-0.5e-30, 1], { rtol: 1e-15 });
});

/** Ascending poles whose gaps span many orders of magnitude, and weights that do too. */
const problem = fc
  .tuple(fc.integer({ min: 1, max: 60 }), fc.integer(), fc.integer({ min: 0, max: 12 }))
  .map(([k, seed, orders]) => {
    const random = new Random(seed);
    let pole = -1;
    const d = Float64Array.from({ length: k }, () => (pole += 10 ** (-orders * random.next())));
    const z = d.map(() => 10 ** (-0.5 * orders * random.next()) * (random.int(2) ? 1 : -1));
    return { d, z };
  });

test('roots interlace with the poles', () => {
  fc.assert(
    fc.property(problem, ({ d, z }) => {
      const values = roots(
        d,
        z.map(x => x * x),
      );
      for (let i = 0; i < d.length; i++) {
        expect(values[i]).toBeGreaterThanOrEqual(d[i]);
        if (i > 0) expect(values[i - 1]).toBeLessThanOrEqual(d[i]);
      }
      const trace = d.reduce((sum, x, i) => sum + x + z[i] ** 2, 0);
      expect(values.reduce((sum, x) => sum + x, 0)).toBeCloseTo(trace, 9);
    }),
  );
});

test('eigenvectors of a rank-one update are orthonormal and have small residuals', () => {
  fc.assert(
    fc.property(problem, fc.double({ min: 1e-3, max: 10, noNaN: true }), ({ d, z }, rho) => {
      const { values, vectors } = rankOneEigen(d, z, rho);
      const k = d.length;
      expectClose(multiplyTransposed(vectors, vectors).data, identity(k).data, { atol: 1e-13 });
      const norm = values.reduce((m, x) => Math.max(m, Math.abs(x)), 0);
      for (let i = 0; i < k; i++) {
        const v = vectors.data.subarray(i * k, (i + 1) * k);
        const along = rho * v.reduce((sum, x, j) => sum + x * z[j], 0);
        const residual = v.map((x, j) => d[j] * x + along * z[j] - values[i] * x);
        expectClose(residual, new Float64Array(k), { atol: 1e-13 * norm });
      }
    }),
  );
});
