import { addProduct, view } from './add-product.js';
import { matrix, type Matrix } from './matrix.js';
import { multiplyTransposed } from './multiply.js';
import { singularValues } from './singular-values.js';

/**
 * Principal angles between the row spaces of two bases, in radians, ascending; as many as the
 * smaller basis has rows. Small angles come from their sines and large ones from their cosines,
 * so all are accurate to about 1e-15 (Björck & Golub 1973).
 * @param u p×n with orthonormal rows.
 * @param v q×n with orthonormal rows.
 * @throws if the rows differ in length.
 */
export function principalAngles(u: Matrix, v: Matrix): Float64Array {
  if (u.columns !== v.columns)
    throw new Error(`linalg: cannot compare rows of length ${u.columns} and ${v.columns}`);
  const [small, large] = u.rows <= v.rows ? [u, v] : [v, u];
  const components = multiplyTransposed(small, large);
  const cosines = singularValues(components).toReversed();
  const sines = singularValues(remainder(small, large, components));
  return cosines.map((cosine, i) =>
    cosine * cosine > 0.5 ? Math.asin(Math.min(1, sines[i])) : Math.acos(cosine),
  );
}

/** What is left of the rows of `small` without their components along those of `large`. */
function remainder(small: Matrix, large: Matrix, components: Matrix): Matrix {
  const rest = matrix(small.rows, small.columns, small.data.slice());
  addProduct(
    view(rest.data, rest.rows, rest.columns),
    view(components.data, components.rows, components.columns),
    view(large.data, large.rows, large.columns),
    { scale: -1 },
  );
  return rest;
}
