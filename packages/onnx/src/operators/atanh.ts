import { unary } from '../families/unary.js';

/** artanh x. */
export const atanh = unary('Atanh', Math.atanh, {
  derivative: ({ g, x }) => g.div(1, g.sub(1, g.square(x))),
});
