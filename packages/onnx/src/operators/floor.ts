import { unary } from '../families/unary.js';
import { flat } from '../formulas/flat.js';

/** The largest whole number not above x. */
export const floor = unary('Floor', Math.floor, { exact: true, gradient: flat });
