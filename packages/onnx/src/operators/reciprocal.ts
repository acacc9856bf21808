import { unary } from '../families/elementwise.js';

/** 1/x. */
export const reciprocal = unary('Reciprocal', x => 1 / x, {
  derivative: ({ g, y }) => g.neg(g.square(y)),
});
