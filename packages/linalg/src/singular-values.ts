import { matrix, row, transpose, type Matrix } from './matrix.js';
import { dot, norm } from './vector.js';

const mostSweeps = 40;
/** Cosine between rows below which they count as orthogonal. */
const orthogonal = 1e-15;

/**
 * Singular values of a matrix, smallest first, each to about 1e-15 of the largest
 * (one-sided Jacobi, Golub & Van Loan §8.6.3).
 */
export function singularValues(a: Matrix): Float64Array {
  const rows = a.rows <= a.columns ? matrix(a.rows, a.columns, a.data.slice()) : transpose(a);
  for (let sweep = 0; sweep < mostSweeps && rotateAllPairs(rows); sweep++);
  return Float64Array.from({ length: rows.rows }, (_, i) => norm(row(rows, i))).toSorted();
}

/** Makes each pair of rows orthogonal in turn. @returns whether any pair was not. */
function rotateAllPairs(a: Matrix): boolean {
  let rotated = false;
  for (let i = 0; i < a.rows; i++)
    for (let j = 0; j < i; j++) rotated = rotatePair(row(a, j), row(a, i)) || rotated;
  return rotated;
}

function rotatePair(x: Float64Array, y: Float64Array): boolean {
  const [xx, yy, xy] = [dot(x, x), dot(y, y), dot(x, y)];
  if (Math.abs(xy) <= orthogonal * Math.sqrt(xx * yy)) return false;
  const slope = (yy - xx) / (2 * xy);
  const tangent = Math.sign(slope || 1) / (Math.abs(slope) + Math.hypot(1, slope));
  const cosine = 1 / Math.hypot(1, tangent);
  rotate(x, y, cosine, cosine * tangent);
  return true;
}

function rotate(x: Float64Array, y: Float64Array, cosine: number, sine: number): void {
  for (let k = 0; k < x.length; k++) {
    const value = x[k];
    x[k] = cosine * value - sine * y[k];
    y[k] = sine * value + cosine * y[k];
  }
}
