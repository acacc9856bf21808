import { unary } from '../families/elementwise.js';

/** arccos x. */
export const acos = unary('Acos', undefined, {
  derivative: ({ g, x }) => g.div(-1, g.sqrt(g.sub(1, g.square(x)))),
});
