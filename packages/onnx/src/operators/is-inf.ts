import { unary } from '../families/unary.js';

/** Whether x is infinite (of the signs asked for). */
export const isInf = unary('IsInf', undefined, { result: 'bool' });
