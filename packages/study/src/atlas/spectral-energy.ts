import type { ImageShape } from '@nads/basis';
import type { Matrix } from '@nads/linalg';
import { imageEnergy } from '@nads/probe';

/**
 * Fourier energy of all directions together, each weighted with its eigenvalue: that of the responses to white noise, as shares
 * of their sum [H·W], zero in the middle. Eigenvalues below zero, as rounding leaves them, count as zero.
 * @param rows directions of unit length: [p × C·H·W]
 * @throws where no eigenvalue is above zero
 */
export function spectralEnergy(
  { rows, columns, data }: Matrix,
  eigenvalues: ArrayLike<number>,
  image: Pick<ImageShape, 'height' | 'width'>,
): Float64Array {
  const sum = new Float64Array(image.height * image.width);
  for (let i = 0; i < rows; i++) {
    const weight = Math.max(0, eigenvalues[i]);
    if (weight === 0) continue;
    const energy = imageEnergy(data.subarray(i * columns, (i + 1) * columns), image);
    energy.forEach((e, k) => (sum[k] += weight * e));
  }
  const total = sum.reduce((all, x) => all + x, 0);
  if (!(total > 0)) throw new Error('no eigenvalue is above zero: there is no energy');
  return sum.map(x => x / total);
}
