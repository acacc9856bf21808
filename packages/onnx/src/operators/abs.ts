import { unary } from './elementwise.js';

/** |x|. */
export const abs = unary('Abs', Math.abs);
