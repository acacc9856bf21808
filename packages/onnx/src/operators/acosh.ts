import { unary } from '../families/elementwise.js';

/** arcosh x. */
export const acosh = unary('Acosh', undefined, {
  derivative: ({ g, x }) => g.div(1, g.sqrt(g.sub(g.square(x), 1))),
});
