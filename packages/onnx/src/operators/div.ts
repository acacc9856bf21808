import { broadcasting } from './elementwise.js';

/** a / b, broadcast; whole numbers are cut towards zero. */
export const div = broadcasting('Div', (a, b) => a / b, {
  gradient: ({ g, inputs: [, b], outputs: [y] }, [dy]) => [
    () => g.div(dy!, b),
    () => g.neg(g.div(g.mul(dy!, y), b)),
  ],
});
