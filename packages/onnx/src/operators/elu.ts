import { getFloat } from '../attribute.js';
import { unary } from '../families/elementwise.js';

/** x where positive, else α(eˣ − 1). */
export const elu = unary('Elu', undefined, {
  derivative: ({ g, x, y, node }) =>
    g.where(g.greater(x, 0), 1, g.add(y, getFloat(node, 'alpha', 1))),
});
