import { unary } from '../families/unary.js';

/** 1/(1 + e⁻ˣ). */
export const sigmoid = unary('Sigmoid', x => 1 / (1 + Math.exp(-x)), {
  classifies: true,
  derivative: ({ g, y }) => g.mul(y, g.sub(1, y)),
});
