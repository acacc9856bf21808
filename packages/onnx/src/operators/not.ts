import { unary } from '../families/unary.js';

/** Whether x is false. */
export const not = unary('Not', x => Number(!x), { exact: true, result: 'bool' });
