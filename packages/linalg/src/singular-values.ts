import { row, transpose, type Matrix } from './matrix.js';
import { multiply, multiplyTransposed } from './multiply.js';
import { rotate } from './rotate.js';
import { symmetricEigen } from './symmetric-eigen.js';
import { dot, norm } from './vector.js';

const mostSweeps = 40;
/** Cosine between rows below which they count as orthogonal. */
const orthogonal = 1e-15;

/**
 * Singular values of a matrix, smallest first, each to about 1e-15 of the largest: one-sided Jacobi
 * (Golub & Van Loan §8.6.3) on rows that the eigenvectors of A Aᵀ have made orthogonal but for the smallest.
 */
export function singularValues(a: Matrix): Float64Array {
  const wide = a.rows <= a.columns ? a : transpose(a);
  const { vectors } = symmetricEigen(multiplyTransposed(wide, wide));
  const rows = multiply(vectors, wide);
  for (let sweep = 0; sweep < mostSweeps && rotateAllPairs(rows); sweep++);
  return Float64Array.from({ length: rows.rows }, (_, i) => norm(row(rows, i))).toSorted();
}

/** Makes each pair of rows orthogonal that is not. @returns whether there was any. */
function rotateAllPairs(a: Matrix): boolean {
  const { data } = multiplyTransposed(a, a);
  const n = a.rows;
  let rotated = false;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++)
      if (Math.abs(data[i * n + j]) > orthogonal * Math.sqrt(data[i * n + i] * data[j * n + j]))
        rotated = rotatePair(a, j, i) || rotated;
  return rotated;
}

function rotatePair(a: Matrix, i: number, j: number): boolean {
  const [x, y] = [row(a, i), row(a, j)];
  const [xx, yy, xy] = [dot(x, x), dot(y, y), dot(x, y)];
  if (Math.abs(xy) <= orthogonal * Math.sqrt(xx * yy)) return false;
  const slope = (yy - xx) / (2 * xy);
  const tangent = Math.sign(slope || 1) / (Math.abs(slope) + Math.hypot(1, slope));
  const cosine = 1 / Math.hypot(1, tangent);
  rotate(a.data, i * a.columns, j * a.columns, a.columns, cosine, -cosine * tangent);
  return true;
}
