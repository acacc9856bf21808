import { unary } from './elementwise.js';

/** x · tanh(ln(1 + eˣ)). */
export const mish = unary('Mish');
