import { row, type Matrix } from '@nads/linalg';
import type { Eigenpair } from './block-eigen.js';

/**
 * Sets eigenvectors of zero eigenvalues to zero: which ones of their space are found says nothing. Zero is what rounding
 * makes of it, up to n·2⁻⁵² of the largest eigenvalue.
 * @param vectors [k × n], in the order of the pairs; changed in place
 */
export function withoutNullSpace(vectors: Matrix, pairs: readonly Eigenpair[]): Matrix {
  const least = vectors.columns * Number.EPSILON * Math.max(0, ...pairs.map(({ value }) => value));
  pairs.forEach(({ value }, k) => value <= least && row(vectors, k).fill(0));
  return vectors;
}
