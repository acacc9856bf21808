import { flat, unary } from '../families/elementwise.js';

/** The largest whole number not above x. */
export const floor = unary('Floor', Math.floor, { gradient: flat });
