import { broadcasting } from '../families/elementwise.js';

/** The sum of all its inputs, broadcast. */
export const sum = broadcasting('Sum', undefined, {
  gradient: ({ inputs }, [dy]) => inputs.map(() => () => dy!),
});
