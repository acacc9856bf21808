import { cosineBasis } from '@nads/linalg';
import type { BasisKind } from '../kind.js';
import { separableWaves } from './separable-waves.js';

/** Products of the cosines of the DCT-II: place x:y has x half periods down the rows and y along the columns. */
export const dct: BasisKind = {
  name: 'dct',
  usage: 'dct[:K]',
  about: 'cosines of the DCT-II, all or the K×K lowest, lowest frequency first; also by place x:y',
  directions(argument, plane) {
    const waves = separableWaves(argument, plane, {
      name: 'dct',
      waves: cosineBasis,
      // row k has k half periods
      frequency: (k, n) => k / (2 * n),
    });
    const { size, indexOf, placeOf } = waves.grid;
    return {
      ...waves,
      places: { size, indexOf, placeOf, direction: (x, y) => waves.product(x, y) },
    };
  },
};
