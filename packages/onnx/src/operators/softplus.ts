import { unary } from './elementwise.js';

/** ln(1 + eˣ). */
export const softplus = unary('Softplus');
