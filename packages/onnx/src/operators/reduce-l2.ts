import { reduction } from '../families/reduction.js';

/** √Σx² over the given axes. */
export const reduceL2 = reduction('ReduceL2', {
  share: (g, { x, y, dy }) => g.mul(x, g.div(dy, y)),
});
