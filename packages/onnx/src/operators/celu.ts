import { unary } from './elementwise.js';

/** max(0, x) + min(0, α(e^(x/α) − 1)). */
export const celu = unary('Celu');
