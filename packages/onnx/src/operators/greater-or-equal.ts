import { broadcasting } from '../families/broadcasting.js';

/** Whether a ≥ b, broadcast. */
export const greaterOrEqual = broadcasting('GreaterOrEqual', (a, b) => Number(a >= b), {
  exact: true,
  result: 'bool',
});
