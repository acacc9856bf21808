import { reduction } from '../families/reduction.js';

/** The product over the given axes; the gradient divides by x, so that none may be 0. */
export const reduceProd = reduction('ReduceProd', {
  fold: xs => xs.reduce((a, b) => a * b, 1),
  share: (g, { x, y, dy }) => g.div(g.mul(dy, y), x),
});
