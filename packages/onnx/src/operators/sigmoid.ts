import { unary } from './elementwise.js';

/** 1/(1 + e⁻ˣ). */
export const sigmoid = unary('Sigmoid');
