import { pixelsOf, type Basis } from '@nads/basis';
import type { Matrix } from '@nads/linalg';

/** Rows that are worked out together: so few stay in the cache, and memory that is new is slow to write. */
const together = 64;

/** Rows of coordinates along a basis as images, the entry of largest magnitude positive. */
export function toPixels({ rows: k, columns: n, data }: Matrix, basis: Basis): Float32Array {
  const pixels = pixelsOf(basis.shape);
  const images = new Float32Array(k * pixels);
  const byDirection = new Float64Array(n * together);
  const byPixel = new Float64Array(pixels * together);
  for (let first = 0; first < k; first += together) {
    const count = Math.min(together, k - first);
    const rows = data.subarray(first * n, (first + count) * n);
    transposeInto(byDirection, rows, count, n);
    byPixel.fill(0);
    for (let j = 0; j < n; j++)
      basis.visit(j, (pixel, value) => addColumns(byPixel, pixel, byDirection, j, value, count));
    signed(images.subarray(first * pixels, (first + count) * pixels), byPixel, count, pixels);
  }
  return images;
}

/** Row j of `out` is column j of `rows`. */
function transposeInto(out: Float64Array, rows: Float64Array, count: number, n: number): void {
  for (let i = 0; i < count; i++)
    for (let j = 0; j < n; j++) out[j * together + i] = rows[i * n + j];
}

/** out[to] += value · rows[from], of the columns that count. */
function addColumns(
  out: Float64Array,
  to: number,
  rows: Float64Array,
  from: number,
  value: number,
  count: number,
): void {
  const [a, b] = [to * together, from * together];
  for (let i = 0; i < count; i++) out[a + i] += rows[b + i] * value;
}

/** Columns as rows, those whose entry of largest magnitude is negative with the other sign. */
function signed(out: Float32Array, columns: Float64Array, count: number, pixels: number): void {
  for (let i = 0; i < count; i++) {
    let largest = 0;
    for (let at = i; at < pixels * together; at += together)
      if (Math.abs(columns[at]) > Math.abs(largest) * (1 + 1e-9)) largest = columns[at];
    const sign = largest < 0 ? -1 : 1;
    for (let pixel = 0, at = i; pixel < pixels; pixel++, at += together)
      out[i * pixels + pixel] = sign * columns[at];
  }
}
