import { broadcasting } from '../families/broadcasting.js';

/** Whether one is true, broadcast. */
export const or = broadcasting('Or', (a, b) => a || b, { exact: true, result: 'bool' });
