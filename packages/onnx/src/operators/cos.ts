import { unary } from './elementwise.js';

/** cos x. */
export const cos = unary('Cos');
