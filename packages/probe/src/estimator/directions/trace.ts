import type { Matrix } from '@nads/linalg';

/** Sum of the diagonal of a square matrix. */
export function trace(c: Matrix): number {
  let sum = 0;
  for (let i = 0; i < c.rows; i++) sum += c.data[i * c.rows + i];
  return sum;
}
