import { broadcasting } from '../families/elementwise.js';

/** Whether one is true, broadcast. */
export const or = broadcasting('Or', (a, b) => a || b, { result: 'bool' });
