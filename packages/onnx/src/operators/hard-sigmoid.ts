import { getFloat } from '../attribute.js';
import { unary } from '../families/elementwise.js';

/** max(0, min(1, α·x + β)). */
export const hardSigmoid = unary('HardSigmoid', undefined, {
  derivative: ({ g, y, node }) =>
    g.choose(g.and(g.greater(y, 0), g.less(y, 1)), getFloat(node, 'alpha', 0.2), 0, y),
});
