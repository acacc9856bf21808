import { broadcasting } from './elementwise.js';

/** Whether a = b, broadcast. */
export const equal = broadcasting('Equal', (a, b) => Number(a === b), { result: 'bool' });
