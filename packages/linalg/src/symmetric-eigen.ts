import { applyReflectors } from './apply-reflectors.js';
import { fixSign } from './fix-sign.js';
import { implicitQl } from './implicit-ql.js';
import { matrix, row, type Matrix } from './matrix.js';
import { tridiagonalEigen } from './tridiagonal-eigen.js';
import { tridiagonalise, type Tridiagonal } from './tridiagonalise.js';

/** Eigenvalues, largest first, and in row i of `vectors` the unit eigenvector of value i. */
export interface Eigen {
  readonly values: Float64Array;
  readonly vectors: Matrix;
}

/**
 * Eigenvalues, largest first, and orthonormal eigenvectors as rows of a symmetric n×n matrix,
 * of which only the lower triangle is read. The entry of largest magnitude of each vector is positive.
 * Householder reduction to tridiagonal form, divide and conquer, and transformation back
 * (Golub & Van Loan §8.3 and §8.4); docs/decisions/eigenvectors.md says why.
 * @param count how many eigenvalues and vectors are wanted, n unless given.
 * @throws if the matrix is not square or contains a non-finite number, or count exceeds n.
 */
export function symmetricEigen(a: Matrix, { count = a.rows }: { count?: number } = {}): Eigen {
  const n = a.rows;
  if (count > n) throw new Error(`linalg: a ${n}×${n} matrix has no ${count} eigenvectors`);
  const { tridiagonal, scale } = reduce(a);
  const { values, vectors } = tridiagonalEigen(tridiagonal.diagonal, tridiagonal.offDiagonal);
  const order = Uint32Array.from(values.keys())
    .toSorted((p, q) => values[q] - values[p])
    .subarray(0, count);
  const sorted = matrix(count, n);
  order.forEach((p, i) => row(sorted, i).set(vectors.subarray(p * n, (p + 1) * n)));
  applyReflectors(sorted, tridiagonal);
  for (let i = 0; i < count; i++) fixSign(row(sorted, i));
  return { values: Float64Array.from(order, p => values[p] * scale), vectors: sorted };
}

/**
 * Eigenvalues alone, largest first, of a symmetric n×n matrix of which only the lower triangle is read.
 * @throws if the matrix is not square or contains a non-finite number.
 */
export function symmetricEigenvalues(a: Matrix): Float64Array {
  const { tridiagonal, scale } = reduce(a);
  implicitQl(tridiagonal.diagonal, tridiagonal.offDiagonal);
  return tridiagonal.diagonal.map(value => value * scale).toSorted((p, q) => q - p);
}

/** Tridiagonal form of a / scale, where scale is a power of two so that nothing is rounded. */
function reduce(a: Matrix): { tridiagonal: Tridiagonal; scale: number } {
  if (a.rows !== a.columns)
    throw new Error(`linalg: eigenvectors need a square matrix, not ${a.rows}×${a.columns}`);
  const scale = 2 ** Math.floor(Math.log2(largestEntry(a) || 1));
  const scaled = a.data.map(value => value / scale);
  return { tridiagonal: tridiagonalise(scaled, a.rows), scale };
}

function largestEntry({ columns, data }: Matrix): number {
  let largest = 0;
  for (let at = 0; at < data.length; at++) {
    const size = Math.abs(data[at]);
    if (!Number.isFinite(size))
      throw new Error(
        `linalg: entry (${Math.floor(at / columns)}, ${at % columns}) of the matrix is ${data[at]}`,
      );
    if (size > largest) largest = size;
  }
  return largest;
}
