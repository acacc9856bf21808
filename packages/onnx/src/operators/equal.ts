import { broadcasting } from '../families/broadcasting.js';

/** Whether a = b, broadcast. */
export const equal = broadcasting('Equal', (a, b) => Number(a === b), {
  exact: true,
  result: 'bool',
});
