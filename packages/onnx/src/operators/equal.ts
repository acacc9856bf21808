import { broadcasting } from '../families/elementwise.js';

/** Whether a = b, broadcast. */
export const equal = broadcasting('Equal', (a, b) => Number(a === b), { result: 'bool' });
