/** Sparse orthonormal rows: row i has entries `weight[k]` at `index[k]`, start[i] ≤ k < start[i + 1]. */
export interface SparseRows {
  readonly start: Uint32Array;
  readonly index: Uint32Array;
  readonly weight: Float64Array;
}
