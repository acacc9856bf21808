import { unary } from '../families/unary.js';

/** x · max(0, min(1, x/6 + ½)). */
export const hardSwish = unary('HardSwish', x => x * Math.max(0, Math.min(1, x / 6 + 0.5)), {
  derivative: ({ g, x }) => {
    const inside = g.add(g.div(x, 3), 0.5);
    return g.where(g.greater(x, 3), 1, g.where(g.greater(x, -3), inside, 0));
  },
});
