import { unary } from '../families/elementwise.js';

/** Every bit of x turned over. */
export const bitwiseNot = unary('BitwiseNot');
