import * as fc from 'fast-check';
import { expectClose } from '@nads/testing';
import {
  identity,
  leadingEigen,
  matrix,
  multiply,
  multiplyTransposed,
  orthonormalise,
  overlap,
  Random,
  row,
  symmetricEigen,
  transpose,
  type LeadingEigen,
  type Matrix,
} from '../src/index.js';
import { randomMatrix } from './random-matrix.js';

const random = new Random('leading');

/** A random symmetric n×n matrix with the given eigenvalues. */
function withSpectrum(n: number, eigenvalue: (i: number) => number): Matrix {
  const q = orthonormalise(randomMatrix(n, n, 'basis'));
  const scaled = q.data.map((x, at) => x * eigenvalue(Math.floor(at / n)));
  return multiply(transpose(q), matrix(n, n, scaled));
}

const largest = (n: number, k: number, eigenvalue: (i: number) => number) =>
  Float64Array.from({ length: n }, (_, i) => eigenvalue(i))
    .toSorted((p, q) => q - p)
    .subarray(0, k);

function expectLeading(a: Matrix, expected: Float64Array, result: LeadingEigen): void {
  const { values, vectors, residual, converged } = result;
  expectClose(values, expected, { atol: 1e-10 * expected[0] });
  const k = values.length;
  expectClose(multiplyTransposed(vectors, vectors).data, identity(k).data, { atol: 1e-12 });
  const images = multiply(vectors, a);
  const scaled = vectors.data.map((x, at) => x * values[Math.floor(at / a.rows)]);
  expectClose(images.data, scaled, { rtol: 0, atol: 1e-8 * expected[0] });
  expect(residual).toBeLessThanOrEqual(1e-8);
  expect(converged).toBe(true);
}

/** Spectra of size 320 and how many of their eigenvectors are wanted. */
const spectra: [string, number, (i: number) => number][] = [
  ['decays exponentially', 60, i => Math.exp(-i / 40)],
  ['decays slowly, as those of neural anisotropy directions do', 60, i => 1 / (1 + i / 60)],
  ['is almost flat', 40, i => 1 - i / 1000],
  ['comes in equal triples', 60, i => Math.exp(-Math.floor(i / 3) / 30)],
  [
    'begins with more equal values than a block has',
    60,
    i => (i < 50 ? 1 : 0.5 * Math.exp(-i / 80)),
  ],
  ['has equal values after different ones', 100, i => (i < 30 ? 2 - i / 30 : i < 80 ? 0.9 : 0.3)],
  ['has fewer non-zero values than wanted', 30, i => (i < 20 ? 1 + i : 0)],
  ['is all ones', 20, () => 1],
  ['spans ten orders of magnitude', 50, i => 10 ** (-i / 10)],
];

test.each(spectra)('the leading eigenpairs of a spectrum that %s', async (_, k, eigenvalue) => {
  const a = withSpectrum(320, eigenvalue);
  expectLeading(a, largest(320, k, eigenvalue), await leadingEigen(a, k, { random }));
});

test('the subspace is that of the full decomposition', async () => {
  const a = withSpectrum(320, i => 1 / (1 + i / 60));
  const { vectors } = await leadingEigen(a, 40, { random });
  expect(overlap(vectors, symmetricEigen(a).vectors, 40)).toBeCloseTo(1, 12);
});

test('small matrices, and all eigenvectors of a matrix', async () => {
  const sizes = fc.tuple(fc.integer({ min: 1, max: 45 }), fc.integer({ min: 0, max: 44 }));
  await fc.assert(
    fc.asyncProperty(sizes, async ([n, less]) => {
      const factor = randomMatrix(n, n, n);
      const a = multiplyTransposed(factor, factor);
      const k = Math.max(1, n - less);
      const { values } = symmetricEigen(a, { count: k });
      expectLeading(a, values, await leadingEigen(a, k, { random }));
    }),
    { numRuns: 25 },
  );
});

test('the zero matrix has zero eigenvalues and no residual', async () => {
  const { values, residual, converged } = await leadingEigen(matrix(300, 300), 3, { random });
  expect({ values: [...values], residual, converged }).toEqual({
    values: [0, 0, 0],
    residual: 0,
    converged: true,
  });
});

test('an operator does as well as a matrix', async () => {
  const values = Float64Array.from({ length: 500 }, (_, i) => 1 / (1 + i));
  const apply = (x: Matrix) =>
    Promise.resolve(
      matrix(
        x.rows,
        x.columns,
        x.data.map((entry, at) => entry * values[Math.floor(at / x.columns)]),
      ),
    );
  const result = await leadingEigen({ size: 500, apply }, 5, { random });
  expectClose(result.values, values.subarray(0, 5), { rtol: 1e-12 });
  for (let i = 0; i < 5; i++) expectClose([row(result.vectors, i)[i]], [1], { rtol: 1e-10 });
});

test('products with the matrix and the basis go through the given function', async () => {
  const a = withSpectrum(300, i => Math.exp(-i / 20));
  let [withMatrix, withBasis] = [0, 0];
  const result = await leadingEigen(a, 20, {
    random,
    multiply: (x, y) => {
      if (x === a) withMatrix++;
      else withBasis++;
      return Promise.resolve(multiply(x, y));
    },
  });
  expect(withMatrix).toBe(result.iterations + 1);
  expect(withBasis).toBeGreaterThan(3 * result.iterations);
  expect(result).toEqual(await leadingEigen(a, 20, { random }));
});

test('the same seed gives the same bits, another seed the same answer', async () => {
  const a = withSpectrum(300, i => Math.exp(-i / 20));
  const run = (seed: number) => leadingEigen(a, 20, { random: new Random(seed) });
  const first = await run(1);
  expect(await run(1)).toEqual(first);
  const other = await run(2);
  expect(other.vectors.data).not.toEqual(first.vectors.data);
  expectClose(other.vectors.data, first.vectors.data, { atol: 1e-6 });
});

test('what has not converged says so, and is still orthonormal', async () => {
  const a = withSpectrum(320, i => 1 - i / 1000);
  const result = await leadingEigen(a, 40, { random, maxIterations: 2 });
  expect(result.iterations).toBe(3);
  expect(result.converged).toBe(false);
  expect(result.residual).toBeGreaterThan(1e-3);
  expectClose(multiplyTransposed(result.vectors, result.vectors).data, identity(40).data, {
    atol: 1e-13,
  });
});

test('a search cut short does not count as convergence', async () => {
  const a = withSpectrum(320, i => Math.exp(-i / 20));
  const { iterations } = await leadingEigen(a, 20, { random });
  const cut = await leadingEigen(a, 20, { random, maxIterations: iterations - 2 });
  expect(cut.residual).toBeLessThan(1e-8);
  expect(cut.converged).toBe(false);
});

test('products in single precision are found out', async () => {
  const a = withSpectrum(320, i => Math.exp(-i / 20));
  const rounded = (x: Matrix, y: Matrix) => {
    const { rows, columns, data } = multiply(x, y);
    return Promise.resolve(matrix(rows, columns, data.map(Math.fround)));
  };
  const result = await leadingEigen(a, 20, { random, multiply: rounded, maxIterations: 100 });
  expect(result.residual).toBeGreaterThan(1e-8);
  expect(result.converged).toBe(false);
});

test('a looser tolerance takes fewer steps', async () => {
  const a = withSpectrum(400, i => 1 - i / 800);
  const loose = await leadingEigen(a, 20, { random: new Random(1), tolerance: 1e-2 });
  const strict = await leadingEigen(a, 20, { random: new Random(1), tolerance: 1e-12 });
  expect(loose.iterations).toBeLessThan(strict.iterations);
  expect(strict.residual).toBeLessThan(1e-12);
});

const ask = (a: Matrix, k: number) => leadingEigen(a, k, { random });

test('impossible requests are refused', async () => {
  await expect(ask(matrix(2, 3), 1)).rejects.toThrow('need a square matrix, not 2×3');
  await expect(ask(identity(3), 4)).rejects.toThrow('no 4 leading eigenvectors of a 3×3 matrix');
  await expect(ask(identity(3), 0)).rejects.toThrow('no 0 leading eigenvectors');
  const broken = identity(3);
  broken.data[4] = NaN;
  await expect(ask(broken, 1)).rejects.toThrow('contains non-finite numbers');
});
