import { broadcasting } from '../families/elementwise.js';

/** Whether a ≥ b, broadcast. */
export const greaterOrEqual = broadcasting('GreaterOrEqual', (a, b) => Number(a >= b), {
  result: 'bool',
});
