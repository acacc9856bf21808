/** Eigenvalues in no order, and in row i of the n×n vectors the eigenvector of value i. */
export interface UnorderedEigen {
  readonly n: number;
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}
