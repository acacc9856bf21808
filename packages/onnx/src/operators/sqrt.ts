import { unary } from '../families/unary.js';

/** √x. */
export const sqrt = unary('Sqrt', Math.sqrt, {
  exact: true,
  derivative: ({ g, y }) => g.div(0.5, y),
});
