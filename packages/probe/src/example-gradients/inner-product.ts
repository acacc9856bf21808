import type { RowPart } from '@nads/runtime';

/** The inner product of the gradients of two images, summed over parts of n images. */
export const innerProduct = (parts: readonly RowPart[], n: number, i: number, j: number): number =>
  parts.reduce(
    (sum, { left, right }) => sum + (left ? dot(left, n, i, j) : 1) * dot(right, n, i, j),
    0,
  );

function dot(rows: Float32Array, n: number, i: number, j: number): number {
  const size = rows.length / n;
  let sum = 0;
  for (let k = 0; k < size; k++) sum += rows[i * size + k] * rows[j * size + k];
  return sum;
}
