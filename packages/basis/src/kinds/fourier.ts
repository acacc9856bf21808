import { fourierBasis } from '@nads/linalg';
import { fourierDirection, gridFrequencies } from '../fourier-grid.js';
import type { BasisKind, Plane } from '../kind.js';
import type { Places } from '../places.js';
import { separableWaves } from './separable-waves.js';

/**
 * By number products of real Fourier waves, cosine before sine; by place x:y the plane waves of the published grid of K×K
 * frequencies, which reaches the highest frequencies in steps and holds most directions twice, so that it is not a basis.
 */
export const fourier: BasisKind = {
  name: 'fourier',
  usage: 'fourier[:K]',
  about:
    'real Fourier waves, all or the K×K lowest, lowest frequency first; x:y are places on the published grid of K×K plane waves, the constant image in its middle',
  directions(argument, plane) {
    const waves = separableWaves(argument, plane, {
      name: 'fourier',
      waves: fourierBasis,
      // a cosine and a sine of the same whole number of periods follow each other
      frequency: (k, n) => Math.ceil(k / 2) / n,
    });
    return { ...waves, places: argument === undefined ? undefined : grid(Number(argument), plane) };
  },
};

/** Places as in the published tables: 8:8 of 16×16 is the constant image. */
function grid(side: number, { height, width }: Plane): Places {
  return {
    size: [side, side],
    direction(x, y) {
      const [f, g] = gridFrequencies([x, y], side, [height, width]);
      return fourierDirection(f, g, height, width);
    },
  };
}
