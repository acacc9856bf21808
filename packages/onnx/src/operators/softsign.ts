import { unary } from '../families/unary.js';

/** x/(1 + |x|). */
export const softsign = unary('Softsign', x => x / (1 + Math.abs(x)), {
  derivative: ({ g, x }) => g.div(1, g.square(g.add(g.abs(x), 1))),
});
