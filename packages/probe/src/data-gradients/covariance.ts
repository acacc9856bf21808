import type { Matrix, MatrixProduct } from '@nads/linalg';
import type { Gram } from '../estimator/accumulate/add-covariance.js';

/** Products faster than plain JavaScript's, if available. */
export interface Products {
  readonly multiply?: MatrixProduct;
  readonly gram?: Gram;
}

/** Leading eigenpairs of a covariance. */
export interface Spectrum {
  /** Largest first; more than there are vectors where they cost nothing. */
  readonly eigenvalues: Float64Array;
  /** Orthonormal rows [k × D], the entry of largest magnitude positive. */
  readonly eigenvectors: Matrix;
}

/** C = E[g gᵀ], uncentred, of gradients that come one by one. */
export interface GradientCovariance {
  /** Gradients so far. */
  readonly count: number;
  /** Adds a gradient [D], which is not to be changed afterwards. */
  add(gradient: Float32Array): Promise<void> | void;
  /** tr C = E‖g‖². */
  trace(): number;
  /** Eigenpairs, at most k vectors, fewer where the gradients span less. @throws where all are zero */
  spectrum(k: number): Promise<Spectrum>;
  /** uᵀ C u for each row u. */
  along(rows: Matrix): Promise<Float64Array>;
}
