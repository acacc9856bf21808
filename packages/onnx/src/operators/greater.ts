import { broadcasting } from './elementwise.js';

/** Whether a > b, broadcast. */
export const greater = broadcasting('Greater', (a, b) => Number(a > b), { result: 'bool' });
