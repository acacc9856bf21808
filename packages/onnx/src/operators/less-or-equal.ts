import { broadcasting } from '../families/elementwise.js';

/** Whether a ≤ b, broadcast. */
export const lessOrEqual = broadcasting('LessOrEqual', (a, b) => Number(a <= b), {
  result: 'bool',
});
