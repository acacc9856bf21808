import { reduction } from '../families/reduction.js';

/** ln Σeˣ over the given axes. */
export const reduceLogSumExp = reduction('ReduceLogSumExp', {
  share: (g, { x, y, dy }) => g.mul(dy, g.exp(g.sub(x, y))),
});
