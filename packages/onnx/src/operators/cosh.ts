import { unary } from './elementwise.js';

/** cosh x. */
export const cosh = unary('Cosh');
