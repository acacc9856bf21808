import { unary } from '../families/unary.js';

/** arcosh x. */
export const acosh = unary('Acosh', Math.acosh, {
  derivative: ({ g, x }) => g.div(1, g.sqrt(g.sub(g.square(x), 1))),
});
