import { unary } from '../families/unary.js';
import { odd } from '../symmetry/odd.js';
import { pointwise } from '../symmetry/pointwise.js';

/** 2/√π · ∫₀ˣ e^(−t²) dt. */
export const erf = unary('Erf', undefined, {
  symmetry: pointwise(odd),
  derivative: ({ g, x }) => g.mul(g.exp(g.neg(g.square(x))), 2 / Math.sqrt(Math.PI)),
});
