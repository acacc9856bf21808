import { reduction } from '../families/reduction.js';

/** ln Σx over the given axes. */
export const reduceLogSum = reduction('ReduceLogSum', {
  share: (g, { y, dy }) => g.div(dy, g.exp(y)),
});
