import { getFloat } from '../attribute.js';
import { unary } from '../families/elementwise.js';

/** max(0, x) + min(0, α(e^(x/α) − 1)). */
export const celu = unary('Celu', undefined, {
  derivative: ({ g, x, y, node }) => {
    const alpha = getFloat(node, 'alpha', 1);
    return g.where(g.greater(x, 0), 1, g.add(g.div(y, alpha), 1));
  },
});
