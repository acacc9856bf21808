import { matrix, row, type Matrix } from './matrix.js';
import { secularRoot } from './secular-root.js';
import { norm, scale } from './vector.js';

/** Eigenvalues, ascending, and orthonormal eigenvectors as rows. */
export interface RankOneEigen {
  readonly values: Float64Array;
  readonly vectors: Matrix;
}

/**
 * Eigenvalues and eigenvectors of D + ρ z zᵀ for distinct ascending d, non-zero z and ρ > 0.
 * The vectors are those of a z̃ that has the computed values exactly, so they are orthogonal
 * however close the values lie (Gu & Eisenstat 1995, §3).
 */
export function rankOneEigen(d: Float64Array, z: Float64Array, rho: number): RankOneEigen {
  const k = d.length;
  const f = { poles: d, weights: z.map(entry => rho * entry * entry) };
  const vectors = matrix(k, k);
  const values = d.map((_, i) => secularRoot(f, i, row(vectors, i)));
  const exact = exactWeights(d, vectors).map((w, j) => Math.sign(z[j]) * Math.sqrt(w));
  for (let i = 0; i < k; i++) divideAndNormalise(exact, row(vectors, i));
  return { values, vectors };
}

/** z̃_j² up to a common factor, Π_i (λ_i − d_j) / Π_{i≠j} (d_i − d_j), from the distances d_j − λ_i (Löwner). */
function exactWeights(d: Float64Array, distances: Matrix): Float64Array {
  const weights = d.map((_, j) => -row(distances, j)[j]);
  for (let i = 0; i < d.length; i++) {
    const own = weights[i];
    multiplyRatios(weights, row(distances, i), d, d[i]);
    weights[i] = own;
  }
  return weights;
}

function multiplyRatios(
  weights: Float64Array,
  distances: Float64Array,
  d: Float64Array,
  pole: number,
): void {
  for (let j = 0; j < weights.length; j++) weights[j] *= distances[j] / (d[j] - pole);
}

/** Turns distances into the eigenvector z̃_j / (d_j − λ), of unit length. */
function divideAndNormalise(z: Float64Array, distances: Float64Array): void {
  for (let j = 0; j < z.length; j++) distances[j] = z[j] / distances[j];
  scale(distances, 1 / norm(distances));
}
