import { pixelsOf, type Basis } from '@nads/basis';

/** Vectors that are worked out together: so few stay in the cache, and memory that is new is slow to write. */
const together = 64;

/** Writes the coordinates of vector i along all directions into `out`, which holds others before. */
export type CoordinatesOf = (i: number, out: Float64Array) => void;

/** k vectors of coordinates along a basis as images, the entry of largest magnitude positive: [k × pixels]. */
export function toPixels(k: number, coordinatesOf: CoordinatesOf, basis: Basis): Float32Array {
  const n = basis.size;
  const pixels = pixelsOf(basis.shape);
  const images = new Float32Array(k * pixels);
  const coordinates = new Float64Array(n);
  const byDirection = new Float64Array(n * together);
  const byPixel = new Float64Array(pixels * together);
  for (let first = 0; first < k; first += together) {
    const count = Math.min(together, k - first);
    for (let i = 0; i < count; i++) {
      coordinatesOf(first + i, coordinates);
      for (let j = 0; j < n; j++) byDirection[j * together + i] = coordinates[j];
    }
    byPixel.fill(0);
    for (let j = 0; j < n; j++)
      basis.visit(j, (pixel, value) => addColumns(byPixel, pixel, byDirection, j, value, count));
    signed(images.subarray(first * pixels, (first + count) * pixels), byPixel, count, pixels);
  }
  return images;
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
