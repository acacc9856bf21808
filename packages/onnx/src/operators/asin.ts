import { unary } from '../families/elementwise.js';

/** arcsin x. */
export const asin = unary('Asin', undefined, {
  derivative: ({ g, x }) => g.div(1, g.sqrt(g.sub(1, g.square(x)))),
});
