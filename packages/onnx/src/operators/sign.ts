import { unary } from '../families/unary.js';
import { flat } from '../formulas/flat.js';

/** −1, 0 or 1: the sign of x. */
export const sign = unary('Sign', Math.sign, { exact: true, gradient: flat });
