import { unary } from './elementwise.js';

/** x/(1 + e^(−α·x)). */
export const swish = unary('Swish');
