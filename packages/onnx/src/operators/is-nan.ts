import { unary } from '../families/unary.js';

/** Whether x is no number. */
export const isNan = unary('IsNaN', undefined, { result: 'bool' });
