import {
  leadingEigen,
  Random,
  symmetricEigen,
  type Eigen,
  type Matrix,
  type MatrixProduct,
} from '@nads/linalg';

/** Up to this size all eigenpairs take about a second. */
const small = 1024;

/** The eigenpairs of a symmetric matrix: all of a small one, the leading k of a large one. */
export function eigenOf(c: Matrix, k: number, multiply?: MatrixProduct): Promise<Eigen> | Eigen {
  if (c.rows <= small || 4 * k > c.rows) return symmetricEigen(c);
  return leadingEigen(c, k, { random: new Random('leading eigenvectors'), multiply });
}

/** Eigenvalues smaller than this beside the largest are rounding errors. */
const rounding = 1e-11;

/** How many eigenvalues, largest first, are more than rounding errors. @throws where none is */
export function rankOf(eigenvalues: Float64Array): number {
  if (!(eigenvalues[0] > 0))
    throw new Error('all gradients are zero: the model does not depend on these images');
  const end = eigenvalues.findIndex(value => !(value > rounding * eigenvalues[0]));
  return end < 0 ? eigenvalues.length : end;
}
