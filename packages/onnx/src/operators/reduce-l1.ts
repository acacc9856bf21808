import { reduction } from '../families/reduction.js';

/** Σ|x| over the given axes. */
export const reduceL1 = reduction('ReduceL1', {
  share: (g, { x, dy }) => g.mul(dy, g.sign(x)),
});
