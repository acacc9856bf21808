import { unary } from './elementwise.js';

/** x·Φ(x) with the normal distribution's Φ, or its approximation by tanh. */
export const gelu = unary('Gelu');
