import { addProduct, transposedView, view } from './add-product.js';
import type { Matrix } from './matrix.js';

/**
 * Share of the subspace of v's first k rows that lies in the subspace of u's first k rows,
 * ‖U_k V_kᵀ‖²_F / k: 1 for equal subspaces, k/n on average for random ones.
 * @param u p×n with orthonormal rows.
 * @param v q×n with orthonormal rows.
 * @throws if k is not an integer from 1 to the smaller number of rows, or the rows differ in length.
 */
export function overlap(u: Matrix, v: Matrix, k: number): number {
  if (u.columns !== v.columns)
    throw new Error(`linalg: cannot compare rows of length ${u.columns} and ${v.columns}`);
  if (!Number.isInteger(k) || k < 1 || k > Math.min(u.rows, v.rows))
    throw new Error(`linalg: no overlap of ${k} rows of bases with ${u.rows} and ${v.rows} rows`);
  const cosines = new Float64Array(k * k);
  const second = transposedView(view(v.data, k, v.columns));
  addProduct(view(cosines, k, k), view(u.data, k, u.columns), second);
  return cosines.reduce((sum, c) => sum + c * c, 0) / k;
}
