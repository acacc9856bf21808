import { unary } from '../families/unary.js';

/** Whether x is not a number. */
export const isNan = unary('IsNaN', undefined, { result: 'bool' });
