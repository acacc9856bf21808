import type { Matrix } from './matrix.js';

const packedLength = (n: number): number => (n * (n + 1)) / 2;

/** The lower triangle of a square matrix with its diagonal, row by row: [n·(n + 1)/2]. */
export function packLower({ rows: n, data }: Matrix): Float64Array {
  const packed = new Float64Array(packedLength(n));
  for (let i = 0; i < n; i++) packed.set(data.subarray(i * n, i * n + i + 1), packedLength(i));
  return packed;
}

/**
 * Sets the lower triangle of a square matrix with its diagonal, leaving what is above.
 * @throws if there are not n·(n + 1)/2 numbers.
 */
export function unpackLower(packed: Float64Array, { rows: n, data }: Matrix): void {
  if (packed.length !== packedLength(n))
    throw new Error(
      `linalg: ${packed.length} numbers are not the triangle of a matrix of ${n} rows`,
    );
  for (let i = 0; i < n; i++)
    data.set(packed.subarray(packedLength(i), packedLength(i + 1)), i * n);
}
