import { broadcasting } from '../families/elementwise.js';

/** Whether exactly one is true, broadcast. */
export const xor = broadcasting('Xor', (a, b) => a ^ b, { result: 'bool' });
