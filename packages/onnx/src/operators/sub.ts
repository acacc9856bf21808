import { broadcasting } from './elementwise.js';

/** a − b, broadcast. */
export const sub = broadcasting('Sub', (a, b) => a - b, {
  gradient: ({ g }, [dy]) => [() => dy!, () => g.neg(dy!)],
});
