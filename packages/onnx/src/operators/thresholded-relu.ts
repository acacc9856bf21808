import { getFloat } from '../attribute.js';
import { unary } from '../families/elementwise.js';

/** x where it is above α, else 0. */
export const thresholdedRelu = unary('ThresholdedRelu', undefined, {
  derivative: ({ g, x, node }) => g.choose(g.greater(x, getFloat(node, 'alpha', 1)), 1, 0, x),
});
