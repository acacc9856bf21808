import { unary } from './elementwise.js';

/** sinh x. */
export const sinh = unary('Sinh');
