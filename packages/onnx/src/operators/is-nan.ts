import { unary } from '../families/elementwise.js';

/** Whether x is no number. */
export const isNan = unary('IsNaN', undefined, { result: 'bool' });
