import { unary } from './elementwise.js';

/** √x. */
export const sqrt = unary('Sqrt', Math.sqrt);
