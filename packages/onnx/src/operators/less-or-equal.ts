import { broadcasting } from '../families/broadcasting.js';

/** Whether a ≤ b, broadcast. */
export const lessOrEqual = broadcasting('LessOrEqual', (a, b) => Number(a <= b), {
  exact: true,
  result: 'bool',
});
