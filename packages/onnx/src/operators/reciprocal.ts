import { unary } from '../families/unary.js';

/** 1/x. */
export const reciprocal = unary('Reciprocal', x => 1 / x, {
  exact: true,
  derivative: ({ g, y }) => g.neg(g.square(y)),
});
