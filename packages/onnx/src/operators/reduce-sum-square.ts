import { reduction } from '../families/reduction.js';

/** Σx² over the given axes. */
export const reduceSumSquare = reduction('ReduceSumSquare', {
  share: (g, { x, dy }) => g.mul(g.mul(x, 2), dy),
});
