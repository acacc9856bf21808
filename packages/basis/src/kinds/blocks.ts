import { OptionError } from '@nads/linalg';
import type { BasisKind } from '../kind.js';
import { pixelRelabelling } from '../relabelling.js';
import { wholeNumber } from './whole-number.js';

/** Squares of K×K equal pixels. */
export const blocks: BasisKind = {
  name: 'blocks',
  usage: 'blocks:K',
  about: 'squares of K×K equal pixels, row by row',
  directions(argument, { height, width }) {
    const side = wholeNumber(argument, 'blocks:4');
    if (height % side !== 0 || width % side !== 0)
      throw new OptionError(
        'basis',
        `blocks of ${side}×${side} do not tile images of ${height}×${width}; give a divisor`,
      );
    const across = width / side;
    return {
      size: (height / side) * across,
      relabellings: pixelRelabelling(height / side, across),
      visit(j, visit) {
        const corner = (Math.floor(j / across) * width + (j % across)) * side;
        for (let y = 0; y < side; y++)
          for (let x = 0; x < side; x++) visit(corner + y * width + x, 1 / side);
      },
    };
  },
};
