import { unary } from '../families/elementwise.js';

/** x · max(0, min(1, x/6 + ½)). */
export const hardSwish = unary('HardSwish', undefined, {
  derivative: ({ g, x }) => {
    const inside = g.add(g.div(x, 3), 0.5);
    return g.where(g.greater(x, 3), 1, g.where(g.greater(x, -3), inside, 0));
  },
});
