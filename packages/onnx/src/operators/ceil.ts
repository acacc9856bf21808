import { flat, unary } from './elementwise.js';

/** The smallest whole number not below x. */
export const ceil = unary('Ceil', Math.ceil, { gradient: flat });
