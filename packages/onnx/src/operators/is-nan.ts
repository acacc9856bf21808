import { unary } from './elementwise.js';

/** Whether x is no number. */
export const isNan = unary('IsNaN', undefined, { result: 'bool' });
