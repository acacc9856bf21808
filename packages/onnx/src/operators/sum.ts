import { broadcasting } from '../families/broadcasting.js';
import { throughTerms } from '../layers/path-rule.js';

/** The sum of all its inputs, broadcast. */
export const sum = broadcasting('Sum', (...xs) => xs.reduce((a, b) => a + b, 0), {
  inputs: [1, Infinity],
  path: throughTerms,
  gradient: ({ inputs }, [dy]) => inputs.map(() => () => dy!),
});
