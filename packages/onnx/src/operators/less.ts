import { broadcasting } from './elementwise.js';

/** Whether a < b, broadcast. */
export const less = broadcasting('Less', (a, b) => Number(a < b), { result: 'bool' });
