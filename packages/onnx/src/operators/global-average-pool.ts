import { globalPooling, spaceOf } from '../families/global-pooling.js';
import { dimsOf } from '../shapes/application.js';
import { spaceAxes } from '../shapes/space-axes.js';

/** The mean of each channel over all of space. */
export const globalAveragePool = globalPooling('GlobalAveragePool', {
  isLinear: true,
  inDouble: (g, { inputs: [x] }) => g.reduceMean(x, spaceOf(g, x)),
  averages: application => spaceAxes(dimsOf(application, 0)),
  gradient: ({ g, inputs: [x] }, [dy]) => [
    () => {
      const count = g.space(x).reduce((a, b) => a * b, 1);
      return g.expandLike(g.div(dy!, count), x);
    },
  ],
});
