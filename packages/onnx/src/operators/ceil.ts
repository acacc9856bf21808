import { unary } from '../families/unary.js';
import { flat } from '../formulas/flat.js';

/** The smallest whole number not below x. */
export const ceil = unary('Ceil', Math.ceil, { exact: true, gradient: flat });
