import { broadcasting } from '../families/elementwise.js';

/** a · b, broadcast. */
export const mul = broadcasting('Mul', (a, b) => a * b, {
  gradient: ({ g, inputs: [a, b] }, [dy]) => [() => g.mul(dy!, b), () => g.mul(dy!, a)],
});
