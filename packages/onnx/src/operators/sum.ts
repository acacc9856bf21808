import { broadcasting } from '../families/broadcasting.js';

/** The sum of all its inputs, broadcast. */
export const sum = broadcasting('Sum', (...xs) => xs.reduce((a, b) => a + b, 0), {
  gradient: ({ inputs }, [dy]) => inputs.map(() => () => dy!),
});
