import type { SparseRows } from './sparse-rows.js';

/** Adds rowsᵀ · v to a vector in the coordinates of all directions: v is one of a symmetry type. */
export function addLifted(out: Float64Array, rows: SparseRows, vector: ArrayLike<number>): void {
  const { start, index, weight } = rows;
  for (let i = 0; i < vector.length; i++)
    for (let k = start[i]; k < start[i + 1]; k++) out[index[k]] += weight[k] * vector[i];
}
