import { unary } from '../families/unary.js';

/** arccos x. */
export const acos = unary('Acos', Math.acos, {
  derivative: ({ g, x }) => g.div(-1, g.sqrt(g.sub(1, g.square(x)))),
});
