import { unary } from '../families/unary.js';

/** Every bit of x turned over. */
export const bitwiseNot = unary('BitwiseNot');
