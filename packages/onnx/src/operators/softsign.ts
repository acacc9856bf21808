import { unary } from '../families/elementwise.js';

/** x/(1 + |x|). */
export const softsign = unary('Softsign', undefined, {
  derivative: ({ g, x }) => g.div(1, g.square(g.add(g.abs(x), 1))),
});
