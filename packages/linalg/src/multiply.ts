import { addProduct, transposedView, view, type View } from './add-product.js';
import { matrix, type Matrix } from './matrix.js';

const shape = (a: Matrix) => `${a.rows}×${a.columns}`;
const whole = (a: Matrix) => view(a.data, a.rows, a.columns);

function product(a: View, b: View): Matrix {
  const result = matrix(a.rows, b.columns);
  addProduct(whole(result), a, b);
  return result;
}

/**
 * a·b for a of n×k and b of k×m.
 * @throws if the inner sizes differ.
 */
export function multiply(a: Matrix, b: Matrix): Matrix {
  if (a.columns !== b.rows) throw new Error(`linalg: cannot multiply ${shape(a)} by ${shape(b)}`);
  return product(whole(a), whole(b));
}

/**
 * a·bᵀ for a of n×k and b of m×k.
 * @throws if the rows of a and b differ in length.
 */
export function multiplyTransposed(a: Matrix, b: Matrix): Matrix {
  if (a.columns !== b.columns)
    throw new Error(`linalg: cannot multiply ${shape(a)} by the transpose of ${shape(b)}`);
  return product(whole(a), transposedView(whole(b)));
}
