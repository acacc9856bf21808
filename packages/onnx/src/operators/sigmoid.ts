import { unary } from '../families/elementwise.js';

/** 1/(1 + e⁻ˣ). */
export const sigmoid = unary('Sigmoid', undefined, {
  derivative: ({ g, y }) => g.mul(y, g.sub(1, y)),
});
