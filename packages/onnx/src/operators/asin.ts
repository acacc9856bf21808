import { unary } from '../families/unary.js';

/** arcsin x. */
export const asin = unary('Asin', Math.asin, {
  derivative: ({ g, x }) => g.div(1, g.sqrt(g.sub(1, g.square(x)))),
});
