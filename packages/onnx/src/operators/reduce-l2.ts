import { reduction } from '../families/reduction.js';
import { awayFromZero } from '../formulas/away-from-zero.js';

/** √Σx² over the given axes; its slope at the origin is 0. */
export const reduceL2 = reduction('ReduceL2', {
  share: (g, { x, y, dy }) => g.mul(x, g.div(dy, awayFromZero(g, y))),
});
