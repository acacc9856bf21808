import { broadcasting } from '../families/broadcasting.js';

/** Whether a < b, broadcast. */
export const less = broadcasting('Less', (a, b) => Number(a < b), { exact: true, result: 'bool' });
