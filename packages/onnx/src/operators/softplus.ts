import { unary } from '../families/unary.js';

/** ln(1 + eˣ). */
export const softplus = unary('Softplus', x => Math.log1p(Math.exp(x)), {
  derivative: ({ g, x }) => g.sigmoid(x),
});
