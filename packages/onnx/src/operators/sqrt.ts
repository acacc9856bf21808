import { unary } from '../families/unary.js';
import { awayFromZero } from '../formulas/away-from-zero.js';

/** √x; its slope at 0 is 0, so that a norm that is written out has that of a norm. */
export const sqrt = unary('Sqrt', Math.sqrt, {
  exact: true,
  derivative: ({ g, y }) => g.div(0.5, awayFromZero(g, y)),
});
