import { unary } from '../families/elementwise.js';

/** 2/√π · ∫₀ˣ e^(−t²) dt. */
export const erf = unary('Erf', undefined, {
  derivative: ({ g, x }) => g.mul(g.exp(g.neg(g.square(x))), 2 / Math.sqrt(Math.PI)),
});
