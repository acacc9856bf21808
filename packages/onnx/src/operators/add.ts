import { broadcasting } from '../families/elementwise.js';

/** a + b, broadcast. */
export const add = broadcasting('Add', (a, b) => a + b, {
  gradient: (_, [dy]) => [() => dy!, () => dy!],
});
