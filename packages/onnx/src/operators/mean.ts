import { broadcasting } from '../families/broadcasting.js';

/** The mean of all its inputs, broadcast. */
export const mean = broadcasting('Mean', (...xs) => total(xs) / xs.length, {
  inputs: [1, Infinity],
  gradient: ({ g, inputs }, [dy]) => inputs.map(() => () => g.div(dy!, inputs.length)),
});

const total = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0);
