import { broadcasting } from '../families/elementwise.js';

/** Whether both are true, broadcast. */
export const and = broadcasting('And', (a, b) => a && b, { result: 'bool' });
