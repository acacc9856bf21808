import { addProduct, transposedView, view } from './add-product.js';
import type { Matrix } from './matrix.js';

/**
 * Adds Φ Φᵀ to the lower triangle of a symmetric n×n matrix, summing in float64.
 * What stands above the diagonal is meaningless until `mirrorLower` is called, once, after all updates.
 * @param phi n×f, row-major.
 * @throws if c is not square or phi has no whole number of columns.
 */
export function addGram(c: Matrix, phi: Float32Array | Float64Array): void {
  const n = c.rows;
  if (c.columns !== n) throw new Error(`linalg: a Gram sum must be square, not ${n}×${c.columns}`);
  if (n > 0 && phi.length % n !== 0)
    throw new Error(`linalg: ${phi.length} features cannot be shared out among ${n} rows`);
  const features = view(phi, n, phi.length / Math.max(n, 1));
  addProduct(view(c.data, n, n), features, transposedView(features), { lowerOnly: true });
}

/** Copies the lower triangle of a square matrix onto the upper one. */
export function mirrorLower(c: Matrix): void {
  const n = c.rows;
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) c.data[j * n + i] = c.data[i * n + j];
}
