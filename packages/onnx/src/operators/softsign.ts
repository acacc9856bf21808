import { unary } from './elementwise.js';

/** x/(1 + |x|). */
export const softsign = unary('Softsign');
