import type { ImageShape } from '@nads/basis';
import type { Matrix } from '@nads/linalg';
import { imageEnergy } from '@nads/probe';

/** Fourier energy of each direction, zero in the middle: [p] of [H·W]. @param rows [p × C·H·W] */
export const directionEnergies = (
  { rows, columns, data }: Matrix,
  image: Pick<ImageShape, 'height' | 'width'>,
): Float64Array[] =>
  Array.from({ length: rows }, (_, i) =>
    imageEnergy(data.subarray(i * columns, (i + 1) * columns), image),
  );

/**
 * Fourier energy of all directions together, each weighted with its eigenvalue: that of the responses to white noise, as shares
 * of their sum [H·W]. Eigenvalues below zero, as rounding leaves them, count as zero.
 * @param energies of the directions, as of `directionEnergies`
 * @throws where no eigenvalue is above zero
 */
export function spectralEnergy(
  energies: readonly Float64Array[],
  eigenvalues: ArrayLike<number>,
): Float64Array {
  const sum = new Float64Array(energies[0].length);
  energies.forEach((energy, i) => {
    const weight = Math.max(0, eigenvalues[i]);
    for (let k = 0; k < sum.length; k++) sum[k] += weight * energy[k];
  });
  const total = sum.reduce((all, x) => all + x, 0);
  if (!(total > 0)) throw new Error('no eigenvalue is above zero: there is no energy');
  return sum.map(x => x / total);
}
