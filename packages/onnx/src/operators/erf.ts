import { unary } from './elementwise.js';

/** 2/√π · ∫₀ˣ e^(−t²) dt. */
export const erf = unary('Erf');
