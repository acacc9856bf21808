import { unary } from '../families/elementwise.js';

/** Whether x is false. */
export const not = unary('Not', x => Number(!x));
