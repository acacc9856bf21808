import { OptionError } from '@nads/linalg';
import type { BasisKind } from '../kind.js';
import { pixelRelabelling } from '../relabelling.js';

/** One pixel each. */
export const pixels: BasisKind = {
  name: 'pixels',
  usage: 'pixels',
  about: 'one pixel each, row by row',
  directions(argument, { height, width }) {
    if (argument !== undefined)
      throw new OptionError('basis', `pixels takes no argument, got '${argument}'`);
    return {
      size: height * width,
      visit: (j, visit) => visit(j, 1),
      relabellings: pixelRelabelling(height, width),
    };
  },
};
