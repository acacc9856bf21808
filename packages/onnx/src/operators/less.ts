import { broadcasting } from '../families/elementwise.js';

/** Whether a < b, broadcast. */
export const less = broadcasting('Less', (a, b) => Number(a < b), { result: 'bool' });
