import { globalPooling, spaceOf } from '../families/global-pooling.js';

/** The mean of each channel over all of space. */
export const globalAveragePool = globalPooling('GlobalAveragePool', {
  isLinear: true,
  averages: () => true,
  inDouble: (g, { inputs: [x] }) => g.reduceMean(x, spaceOf(g, x)),
  gradient: ({ g, inputs: [x] }, [dy]) => [
    () => {
      const count = g.space(x).reduce((a, b) => a * b, 1);
      return g.expandLike(g.div(dy!, count), x);
    },
  ],
});
