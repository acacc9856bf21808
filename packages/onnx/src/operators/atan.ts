import { unary } from './elementwise.js';

/** arctan x. */
export const atan = unary('Atan');
