import { broadcasting } from '../families/broadcasting.js';

/** Whether a > b, broadcast. */
export const greater = broadcasting('Greater', (a, b) => Number(a > b), {
  exact: true,
  result: 'bool',
});
