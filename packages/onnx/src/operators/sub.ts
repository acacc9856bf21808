import { broadcasting } from '../families/elementwise.js';

/** a − b, broadcast. */
export const sub = broadcasting('Sub', (a, b) => a - b, {
  gradient: ({ g, inputs: [, b] }, [dy]) => [() => dy!, () => g.neg(g.unbroadcast(dy!, b))],
});
