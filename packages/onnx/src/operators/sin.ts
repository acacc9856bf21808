import { unary } from './elementwise.js';

/** sin x. */
export const sin = unary('Sin');
