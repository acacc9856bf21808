import { reduction } from '../families/reduction.js';
import { productOfOthers } from '../formulas/product-of-others.js';

/** The product over the given axes. */
export const reduceProd = reduction('ReduceProd', {
  fold: xs => xs.reduce((a, b) => a * b, 1),
  share: (g, { x, dy, axes }) => {
    const others = productOfOthers(g, x, axes);
    return others === undefined ? dy : g.mul(dy, others);
  },
});
