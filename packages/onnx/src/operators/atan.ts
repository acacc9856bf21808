import { unary } from '../families/elementwise.js';

/** arctan x. */
export const atan = unary('Atan', undefined, {
  derivative: ({ g, x }) => g.div(1, g.add(g.square(x), 1)),
});
