import { broadcasting } from '../families/broadcasting.js';

/** Whether exactly one is true, broadcast. */
export const xor = broadcasting('Xor', (a, b) => a ^ b, { exact: true, result: 'bool' });
