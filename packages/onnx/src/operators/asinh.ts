import { unary } from '../families/elementwise.js';

/** arsinh x. */
export const asinh = unary('Asinh', undefined, {
  derivative: ({ g, x }) => g.div(1, g.sqrt(g.add(g.square(x), 1))),
});
