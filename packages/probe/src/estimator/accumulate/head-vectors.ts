import type { HeadTreatment } from '../plan/head-treatment.js';

/** Vectors V [directions × r] and a factor: the expectation of g gᵀ over the last layer is scale · V Vᵀ. */
export interface HeadVectors {
  readonly vectors: Float32Array;
  readonly scale: number;
}

/**
 * The covariance of g that follows from secants Φ of features, or of outputs. For a last layer with weights of
 * mean m and variance s²: E_w[Φ w wᵀ Φᵀ] = s² Φ Φᵀ + m² (Φ1)(Φ1)ᵀ; the bias cancels.
 * @param phi [directions × features], row-major.
 */
export function headVectors(phi: Float32Array, features: number, head: HeadTreatment): HeadVectors {
  if (head.kind === 'sampled') return { vectors: firstColumn(phi, features), scale: 1 };
  if (head.kind === 'outputs') return { vectors: phi, scale: 1 / features };
  const vectors =
    head.mean === 0 ? phi : withRowSums(phi, features, head.mean / Math.sqrt(head.variance));
  return { vectors, scale: head.variance };
}

const firstColumn = (phi: Float32Array, features: number): Float32Array =>
  Float32Array.from({ length: phi.length / features }, (_, i) => phi[i * features]);

/** One more column: weight times the sum of the others. */
function withRowSums(phi: Float32Array, features: number, weight: number): Float32Array {
  const rows = phi.length / features;
  const out = new Float32Array(rows * (features + 1));
  for (let i = 0; i < rows; i++) {
    const row = phi.subarray(i * features, (i + 1) * features);
    out.set(row, i * (features + 1));
    out[i * (features + 1) + features] = weight * row.reduce((sum, x) => sum + x, 0);
  }
  return out;
}
