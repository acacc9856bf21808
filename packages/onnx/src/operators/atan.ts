import { unary } from '../families/unary.js';

/** arctan x. */
export const atan = unary('Atan', Math.atan, {
  derivative: ({ g, x }) => g.div(1, g.add(g.square(x), 1)),
});
