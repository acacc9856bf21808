import * as fc from 'fast-check';
import { expectClose } from '@nads/testing';
import {
  fromRows,
  identity,
  matrix,
  multiply,
  multiplyTransposed,
  orthonormalise,
  row,
  symmetricEigen,
  symmetricEigenvalues,
  transpose,
  type Matrix,
} from '../src/index.js';
import { randomMatrix } from './random-matrix.js';

function diagonal(values: ArrayLike<number>): Matrix {
  const result = matrix(values.length, values.length);
  for (let i = 0; i < values.length; i++) result.data[i * values.length + i] = values[i];
  return result;
}

/** Qᵀ diag(values) Q for a random orthogonal Q. */
function withEigenvalues(values: ArrayLike<number>, seed = 1): Matrix {
  const q = orthonormalise(randomMatrix(values.length, values.length, seed));
  return multiply(transpose(q), multiply(diagonal(values), q));
}

function tridiagonal(main: ArrayLike<number>, side: ArrayLike<number>): Matrix {
  const n = main.length;
  const result = diagonal(main);
  for (let i = 1; i < n; i++)
    result.data[i * n + i - 1] = result.data[(i - 1) * n + i] = side[i - 1];
  return result;
}

/** Symmetric with standard normal entries. */
function randomSymmetric(n: number, seed = 1): Matrix {
  const a = randomMatrix(n, n, seed);
  return matrix(
    n,
    n,
    a.data.map((_, k) => a.data[Math.min(k, (k % n) * n + Math.floor(k / n))]),
  );
}

const spectralNorm = (values: Float64Array) =>
  values.reduce((m, value) => Math.max(m, Math.abs(value)), 0);

/** Orthonormal rows, small residual, descending values, the sign rule, and the same values without vectors. */
function expectEigen(a: Matrix): void {
  const { values, vectors } = symmetricEigen(a);
  const norm = spectralNorm(values);
  expectClose(multiplyTransposed(vectors, vectors).data, identity(a.rows).data, { atol: 1e-13 });
  const scaled = multiply(diagonal(values), vectors);
  expectClose(multiply(vectors, a).data, scaled.data, { rtol: 0, atol: 2e-14 * norm });
  expect(values).toEqual(values.toSorted((p, q) => q - p));
  for (let i = 0; i < a.rows; i++) expect(hasPositivePeak(row(vectors, i))).toBe(true);
  expectClose(symmetricEigenvalues(a), values, { rtol: 0, atol: 1e-13 * norm });
}

const hasPositivePeak = (x: Float64Array) => spectralNorm(x) === Math.max(...x);

test('a 2×2 matrix as worked out by hand', () => {
  const { values, vectors } = symmetricEigen(
    fromRows([
      [2, 1],
      [1, 2],
    ]),
  );
  expectClose(values, [3, 1], { rtol: 1e-15 });
  const h = Math.SQRT1_2;
  expectClose(row(vectors, 0), [h, h], { rtol: 1e-15 });
  expectClose(row(vectors, 1).map(Math.abs), [h, h], { rtol: 1e-15 });
});

test('a 3×3 matrix as worked out by hand', () => {
  const { values, vectors } = symmetricEigen(
    fromRows([
      [2, 0, 0],
      [0, 3, 4],
      [0, 4, 9],
    ]),
  );
  expectClose(values, [11, 2, 1], { rtol: 1e-14 });
  const r = Math.sqrt(5);
  expectClose(vectors.data, [0, 1 / r, 2 / r, 1, 0, 0, 0, 2 / r, -1 / r], { atol: 1e-15 });
});

test('matrices of sizes 0, 1 and 2', () => {
  expect(symmetricEigen(matrix(0, 0)).values).toHaveLength(0);
  expect(symmetricEigen(fromRows([[-7]]))).toEqual({
    values: Float64Array.of(-7),
    vectors: identity(1),
  });
  expectEigen(
    fromRows([
      [1, -1e-9],
      [-1e-9, 1],
    ]),
  );
});

test('random symmetric matrices of every small size', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), fc.integer(), (n, seed) =>
      expectEigen(randomSymmetric(n, seed)),
    ),
    { numRuns: 60 },
  );
});

test('a random matrix of several blocks', () => {
  expectEigen(randomSymmetric(333));
});

test('the eigenvalues that went in come out', () => {
  const values = Float64Array.from({ length: 150 }, (_, i) => 1.1 ** -i);
  expectClose(symmetricEigen(withEigenvalues(values)).values, values, { rtol: 0, atol: 1e-14 });
});

test('the second difference has eigenvalues 2 − 2 cos(kπ / (n + 1))', () => {
  const n = 200;
  const a = tridiagonal(new Float64Array(n).fill(2), new Float64Array(n).fill(-1));
  const expected = Float64Array.from(
    { length: n },
    (_, i) => 2 - 2 * Math.cos(((n - i) * Math.PI) / (n + 1)),
  );
  expectClose(symmetricEigen(a).values, expected, { rtol: 0, atol: 1e-14 });
  expectEigen(a);
});

test('zero, identity, diagonal and rank-one matrices', () => {
  expect(symmetricEigen(matrix(70, 70)).values).toEqual(new Float64Array(70));
  expect(symmetricEigen(identity(70)).values).toEqual(new Float64Array(70).fill(1));
  const ones = matrix(70, 70, new Float64Array(4900).fill(1));
  const ascending = diagonal(Float64Array.from({ length: 70 }, (_, i) => i));
  for (const a of [matrix(70, 70), identity(70), ones, ascending]) expectEigen(a);
});

test('repeated eigenvalues still have orthonormal eigenvectors', () => {
  const groups = Float64Array.from({ length: 120 }, (_, i) => Math.floor(i / 30));
  expectEigen(withEigenvalues(groups));
  expectEigen(withEigenvalues(groups.map((value, i) => value + 1e-15 * i)));
});

test('pairs of eigenvalues that agree to all digits (Wilkinson W21+), glued together', () => {
  const wilkinson = Array.from({ length: 21 }, (_, i) => Math.abs(10 - i));
  for (const glue of [1, 1e-8, 1e-14, 0]) {
    const main = [wilkinson, wilkinson, wilkinson, wilkinson, wilkinson].flat();
    const side = main.map((_, i) => (i % 21 === 20 ? glue : 1));
    expectEigen(tridiagonal(main, side));
  }
});

test('graded matrices, in either direction', () => {
  const n = 60;
  const graded = matrix(
    n,
    n,
    Float64Array.from({ length: n * n }, (_, k) => 10 ** (-0.3 * (Math.floor(k / n) + (k % n)))),
  );
  expectEigen(graded);
  expectEigen(matrix(n, n, graded.data.toReversed()));
  const hilbert = Float64Array.from(
    { length: n * n },
    (_, k) => 1 / (Math.floor(k / n) + (k % n) + 1),
  );
  expectEigen(matrix(n, n, hilbert));
});

test('tridiagonal matrices whose couplings vanish or underflow', () => {
  const n = 80;
  const main = Float64Array.from({ length: n }, (_, i) => (i % 7) - 3);
  for (const tiny of [1e-16, 1e-160, 1e-300, 0])
    expectEigen(
      tridiagonal(
        main,
        main.map((_, i) => (i % 3 === 0 ? 1 : tiny)),
      ),
    );
});

test.each([2 ** -1060, 1e-200, 1e200])('entries around %p neither vanish nor overflow', factor => {
  const a = randomSymmetric(50);
  const expected = symmetricEigen(a);
  const scaled = symmetricEigen(
    matrix(
      50,
      50,
      a.data.map(x => x * factor),
    ),
  );
  const rtol = factor < 1e-300 ? 1e-2 : 1e-12;
  expectClose(
    scaled.values,
    expected.values.map(x => x * factor),
    { rtol, atol: 1e-14 * factor },
  );
});

test('only the lower triangle is read', () => {
  const a = randomSymmetric(90);
  const lower = matrix(
    90,
    90,
    a.data.map((x, k) => (k % 90 > Math.floor(k / 90) ? 0.5 : x)),
  );
  expect(symmetricEigen(lower)).toEqual(symmetricEigen(a));
  expect(symmetricEigenvalues(lower)).toEqual(symmetricEigenvalues(a));
});

test('the matrix is left as it was, and the same matrix gives the same bits', () => {
  const a = randomSymmetric(90);
  const copy = a.data.slice();
  const first = symmetricEigen(a);
  expect(a.data).toEqual(copy);
  expect(symmetricEigen(a)).toEqual(first);
});

test('a matrix that is not square or not finite is refused', () => {
  expect(() => symmetricEigen(matrix(2, 3))).toThrow('need a square matrix, not 2×3');
  expect(() => symmetricEigenvalues(matrix(3, 2))).toThrow('need a square matrix, not 3×2');
  const a = identity(3);
  a.data[7] = NaN;
  expect(() => symmetricEigen(a)).toThrow('entry (2, 1) of the matrix is NaN');
  a.data[7] = -Infinity;
  expect(() => symmetricEigenvalues(a)).toThrow('entry (2, 1) of the matrix is -Infinity');
});

test('a count gives the leading ones of all eigenvectors', () => {
  const a = randomSymmetric(70);
  const all = symmetricEigen(a);
  const some = symmetricEigen(a, { count: 9 });
  expect(some.values).toEqual(all.values.subarray(0, 9));
  expectClose(some.vectors.data, all.vectors.data.subarray(0, 9 * 70), { rtol: 0, atol: 1e-14 });
  expect(symmetricEigen(a, { count: 0 }).vectors).toEqual(matrix(0, 70));
  expect(() => symmetricEigen(a, { count: 71 })).toThrow('a 70×70 matrix has no 71 eigenvectors');
});
