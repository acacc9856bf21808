import { unary } from './elementwise.js';

/** Whether x is false. */
export const not = unary('Not', x => Number(!x));
