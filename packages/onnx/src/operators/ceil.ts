import { flat, unary } from '../families/elementwise.js';

/** The smallest whole number not below x. */
export const ceil = unary('Ceil', Math.ceil, { gradient: flat });
