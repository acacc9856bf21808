import { broadcasting } from '../families/elementwise.js';

/** Whether a > b, broadcast. */
export const greater = broadcasting('Greater', (a, b) => Number(a > b), { result: 'bool' });
