import { broadcasting } from '../families/elementwise.js';

/** The mean of all its inputs, broadcast. */
export const mean = broadcasting('Mean', undefined, {
  gradient: ({ g, inputs }, [dy]) => inputs.map(() => () => g.div(dy!, inputs.length)),
});
