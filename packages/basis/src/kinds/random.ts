import { OptionError, Random, randomOrthonormal, row } from '@nads/linalg';
import type { BasisKind } from '../kind.js';
import { wholeNumber } from './whole-number.js';

/** Numbers of all directions together that are kept at most. */
const mostNumbers = 2 ** 28;

/** Directions of a uniformly distributed subspace; the seed is part of the name, so that a name means the same everywhere. */
export const random: BasisKind = {
  name: 'random',
  usage: 'random:N[:SEED]',
  about: 'N random orthonormal directions, of seed 0 or another',
  directions(argument, { height, width }) {
    const [number, seed = '0', ...more] = (argument ?? '').split(':');
    const size = wholeNumber(number === '' ? undefined : number, 'random:64');
    if (more.length > 0 || !/^\d+$/.test(seed) || !Number.isSafeInteger(Number(seed)))
      throw new OptionError('basis', `'random:${argument}' is not random:N or random:N:SEED`);
    if (size > height * width)
      throw new OptionError(
        'basis',
        `random:${size} has more directions than an image of ${height}×${width} has pixels`,
      );
    if (size * height * width > mostNumbers)
      throw new OptionError(
        'basis',
        `random:${size} is more than ${mostNumbers} numbers for images of ${height}×${width}; give fewer directions`,
      );
    const rows = randomOrthonormal(size, height * width, new Random(Number(seed)).fork('basis'));
    return {
      size,
      visit: (j, visit) => row(rows, j).forEach((value, pixel) => visit(pixel, value)),
    };
  },
};
