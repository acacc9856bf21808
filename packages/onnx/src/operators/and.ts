import { broadcasting } from '../families/broadcasting.js';

/** Whether both are true, broadcast. */
export const and = broadcasting('And', (a, b) => a && b, { exact: true, result: 'bool' });
