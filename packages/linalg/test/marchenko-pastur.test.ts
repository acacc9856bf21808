import * as fc from 'fast-check';
import { expectClose } from '@nads/testing';
import { marchenkoPastur, matrix, multiplyTransposed, symmetricEigenvalues } from '../src/index.js';
import { randomMatrix } from './random-matrix.js';

const ratio = fc.double({ min: 0.01, max: 20, noNaN: true });
const variance = fc.double({ min: 0.01, max: 100, noNaN: true });

test('edges and point mass as worked out by hand', () => {
  expect(marchenkoPastur(0.25, 4)).toMatchObject({ lower: 1, upper: 9, zeroMass: 0 });
  expect(marchenkoPastur(4)).toMatchObject({ lower: 1, upper: 9, zeroMass: 0.75 });
  expect(marchenkoPastur(1)).toMatchObject({ lower: 0, upper: 4, zeroMass: 0 });
});

test('at ratio one the law is that of the square of the semicircle', () => {
  const law = marchenkoPastur(1);
  expect(law.density(1)).toBeCloseTo(Math.sqrt(3) / (2 * Math.PI), 15);
  expect(law.cdf(2)).toBeCloseTo(0.5 + 1 / Math.PI, 14);
});

test('the distribution function is the integral of the density', () => {
  for (const law of [marchenkoPastur(0.3, 2), marchenkoPastur(1), marchenkoPastur(5, 0.1)])
    for (const [from, to] of [
      [0.05, 0.3],
      [0.2, 0.9],
    ]) {
      const at = (share: number) => law.lower + share * (law.upper - law.lower);
      expect(law.cdf(at(to)) - law.cdf(at(from))).toBeCloseTo(
        integral(law.density, at(from), at(to)),
        10,
      );
    }
});

/** Simpson's rule. */
function integral(f: (x: number) => number, from: number, to: number): number {
  const n = 2000;
  const step = (to - from) / n;
  let sum = f(from) + f(to);
  for (let i = 1; i < n; i++) sum += (i % 2 === 1 ? 4 : 2) * f(from + i * step);
  return (sum * step) / 3;
}

test('the distribution function goes from the point mass to one and is flat outside the edges', () => {
  fc.assert(
    fc.property(ratio, variance, (gamma, sigma) => {
      const law = marchenkoPastur(gamma, sigma);
      expect(law.cdf(-1e-9)).toBe(0);
      expectClose([law.cdf(0), law.cdf(law.lower)], [law.zeroMass, law.zeroMass], { atol: 1e-12 });
      expectClose([law.cdf(law.upper), law.cdf(2 * law.upper)], [1, 1], { rtol: 1e-12 });
      expect([law.density(law.lower), law.density(law.upper), law.density(-1)]).toEqual([0, 0, 0]);
    }),
  );
});

test('the quantile undoes the distribution function', () => {
  fc.assert(
    fc.property(
      ratio,
      variance,
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      (gamma, sigma, p) => {
        const law = marchenkoPastur(gamma, sigma);
        const x = law.quantile(p);
        if (p <= law.zeroMass) expect(x).toBe(0);
        else expect(law.cdf(x)).toBeCloseTo(p, 10);
      },
    ),
  );
});

test('quantiles zero and one are the edges, or zero where there is a point mass', () => {
  const narrow = marchenkoPastur(0.25, 4);
  expectClose([narrow.quantile(0), narrow.quantile(1)], [1, 9], { rtol: 1e-7 });
  expect(marchenkoPastur(4).quantile(0.75)).toBe(0);
});

test('eigenvalues of a random covariance matrix follow the law', () => {
  const [size, samples] = [150, 300];
  const x = randomMatrix(size, samples);
  const covariance = multiplyTransposed(x, x);
  const values = symmetricEigenvalues(
    matrix(
      size,
      size,
      covariance.data.map(c => c / samples),
    ),
  );
  const law = marchenkoPastur(size / samples);
  values.forEach((value, i) => {
    expect(Math.abs(law.cdf(value) - (1 - (i + 0.5) / size))).toBeLessThan(0.02);
  });
});

test('what is no ratio, variance or probability is refused', () => {
  expect(() => marchenkoPastur(0)).toThrow('of ratio 0 and variance 1');
  expect(() => marchenkoPastur(1, -2)).toThrow('of ratio 1 and variance -2');
  expect(() => marchenkoPastur(1).quantile(1.5)).toThrow('1.5 is not a probability');
  expect(() => marchenkoPastur(1).quantile(NaN)).toThrow('NaN is not a probability');
});
