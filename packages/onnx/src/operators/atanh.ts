import { unary } from '../families/elementwise.js';

/** artanh x. */
export const atanh = unary('Atanh', undefined, {
  derivative: ({ g, x }) => g.div(1, g.sub(1, g.square(x))),
});
