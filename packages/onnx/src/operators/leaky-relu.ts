import { getFloat } from '../attribute.js';
import { unary } from '../families/elementwise.js';

/** x where positive, else α·x. */
export const leakyRelu = unary('LeakyRelu', undefined, {
  derivative: ({ g, x, node }) => g.choose(g.greater(x, 0), 1, getFloat(node, 'alpha', 0.01), x),
});
