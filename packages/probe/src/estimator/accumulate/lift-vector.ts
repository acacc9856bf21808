import type { SparseRows } from './sparse-rows.js';

/** rowsᵀ · v: a vector of a symmetry type in the coordinates of all n directions. */
export function liftVector(rows: SparseRows, vector: ArrayLike<number>, n: number): Float64Array {
  const out = new Float64Array(n);
  for (let i = 0; i < vector.length; i++)
    for (let k = rows.start[i]; k < rows.start[i + 1]; k++)
      out[rows.index[k]] += rows.weight[k] * vector[i];
  return out;
}
