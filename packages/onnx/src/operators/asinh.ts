import { unary } from '../families/unary.js';

/** arsinh x. */
export const asinh = unary('Asinh', Math.asinh, {
  derivative: ({ g, x }) => g.div(1, g.sqrt(g.add(g.square(x), 1))),
});
