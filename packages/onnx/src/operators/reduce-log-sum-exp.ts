import { reduction } from '../families/reduction.js';

/** ln Σeˣ over the given axes; its slope is 0 where all x are −∞. */
export const reduceLogSumExp = reduction('ReduceLogSumExp', {
  share: (g, { x, y, dy }) => {
    const finite = g.where(g.equal(y, -Infinity), 0, y);
    return g.mul(dy, g.exp(g.sub(x, finite)));
  },
});
