import { flat, unary } from '../families/elementwise.js';

/** −1, 0 or 1: the sign of x. */
export const sign = unary('Sign', Math.sign, { gradient: flat });
