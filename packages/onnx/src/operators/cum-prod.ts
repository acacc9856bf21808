import { getInt } from '../attribute.js';
import { preserving } from '../families/preserving.js';
import { normaliseAxis } from '../shapes/normalise-axis.js';
import { indices } from '../shapes/offsets.js';
import { numbersOf } from '../tensor.js';

/** Running products along an axis. */
export const cumProd = preserving('CumProd', {
  inputs: [2, 2],
  /** One product after the other: nothing is divided by, so that there may be zeros. */
  decompose: ({ node, inputs: [x, chosen], g }) => {
    const constant = g.constantValue(chosen);
    if (!constant) throw new Error('its gradient is not implemented for an axis that is computed');
    const axis = normaliseAxis(numbersOf(constant)[0], g.dims(x).length);
    const pieces = indices(g.size(x, axis)).map(at => g.slice(x, [axis], [at], [at + 1]));
    const backwards = getInt(node, 'reverse', 0) === 1;
    const ordered = backwards ? pieces.toReversed() : pieces;
    const one = g.exp(g.zerosLike(pieces[0]));
    const exclusive = getInt(node, 'exclusive', 0) === 1;
    const factors = exclusive ? [one, ...ordered.slice(0, -1)] : ordered;
    const products = factors
      .slice(1)
      .reduce((all, factor) => [...all, g.mul(all[all.length - 1], factor)], factors.slice(0, 1));
    return [g.concat(backwards ? products.toReversed() : products, axis)];
  },
});
