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
  const images = new Float32Array(k * pixels);
  const image = new Float64Array(pixels);
  for (let i = 0; i < k; i++) {
    for (let pixel = 0; pixel < pixels; pixel++) image[pixel] = byPixel.data[pixel * k + i];
    fixSign(image);
    images.set(image, i * pixels);
  }
  return images;
}

function fixSign(image: Float64Array): void {
  let largest = 0;
  for (const x of image) if (Math.abs(x) > Math.abs(largest) * (1 + 1e-9)) largest = x;
  if (largest < 0) for (let i = 0; i < image.length; i++) image[i] = -image[i];
}
