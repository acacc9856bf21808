import { reduction } from '../families/reduction.js';

/** The mean over the given axes. */
export const reduceMean = reduction('ReduceMean', {
  isLinear: true,
  averages: () => true,
  share: (g, { x, dy, axes }) => g.div(dy, g.count(x, axes)),
});
