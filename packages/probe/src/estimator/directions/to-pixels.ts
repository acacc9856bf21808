import { pixelsOf, type Basis } from '@nads/basis';
import { matrix, transpose, type Matrix } from '@nads/linalg';

/** Coordinates along a basis as images, the entry of largest magnitude positive. */
export function toPixels(coordinates: Matrix, basis: Basis): Float32Array {
  const k = coordinates.rows;
  const pixels = pixelsOf(basis.shape);
  const byDirection = transpose(coordinates).data;
  const byPixel = matrix(pixels, k);
  for (let j = 0; j < basis.size; j++)
    basis.visit(j, (pixel, value) => {
      for (let i = 0; i < k; i++) byPixel.data[pixel * k + i] += byDirection[j * k + i] * value;
    });
  return imagesOf(byPixel, signs(byPixel));
}

/** For each column −1 where its entry of largest magnitude is negative, 1 elsewhere. */
function signs({ columns: k, data }: Matrix): Float64Array {
  const largest = new Float64Array(k);
  for (let at = 0, i = 0; at < data.length; at++, i = i + 1 < k ? i + 1 : 0)
    if (Math.abs(data[at]) > Math.abs(largest[i]) * (1 + 1e-9)) largest[i] = data[at];
  return largest.map(x => (x < 0 ? -1 : 1));
}

/** Columns that are copied at a time: pixels of one column are far apart in memory. */
const together = 16;

/** Columns times their signs as rows. */
function imagesOf({ rows: pixels, columns: k, data }: Matrix, sign: Float64Array): Float32Array {
  const images = new Float32Array(k * pixels);
  for (let first = 0; first < k; first += together) {
    const last = Math.min(first + together, k);
    for (let pixel = 0; pixel < pixels; pixel++)
      for (let i = first; i < last; i++) images[i * pixels + pixel] = sign[i] * data[pixel * k + i];
  }
  return images;
}
