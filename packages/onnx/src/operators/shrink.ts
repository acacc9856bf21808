import { getFloat } from '../attribute.js';
import { unary } from '../families/elementwise.js';

/** x + bias below −λ, x − bias above λ, else 0. */
export const shrink = unary('Shrink', undefined, {
  derivative: ({ g, x, node }) =>
    g.choose(g.greater(g.abs(x), getFloat(node, 'lambd', 0.5)), 1, 0, x),
});
