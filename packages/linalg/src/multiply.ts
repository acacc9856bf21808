import { addDotProducts } from './dot-products.js';
import { matrix, transpose, type Matrix } from './matrix.js';

const shape = (a: Matrix) => `${a.rows}×${a.columns}`;

/**
 * a·b for a of n×k and b of k×m.
 * @throws if the inner sizes differ.
 */
export function multiply(a: Matrix, b: Matrix): Matrix {
  if (a.columns !== b.rows) throw new Error(`linalg: cannot multiply ${shape(a)} by ${shape(b)}`);
  return multiplyTransposed(a, transpose(b));
}

/**
 * a·bᵀ for a of n×k and b of m×k.
 * @throws if the rows of a and b differ in length.
 */
export function multiplyTransposed(a: Matrix, b: Matrix): Matrix {
  if (a.columns !== b.columns)
    throw new Error(`linalg: cannot multiply ${shape(a)} by the transpose of ${shape(b)}`);
  const result = matrix(a.rows, b.rows);
  addDotProducts(result.data, a, b);
  return result;
}
