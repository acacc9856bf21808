import { reduction } from '../families/reduction.js';
import { dimsOf } from '../shapes/application.js';
import { reducedAxes } from '../shapes/reduced-axes.js';

/** The mean over the given axes. */
export const reduceMean = reduction('ReduceMean', {
  isLinear: true,
  averages: application => reducedAxes(application, dimsOf(application, 0).length),
  sumsOver: application => reducedAxes(application, dimsOf(application, 0).length),
  share: (g, { x, dy, axes }) => g.div(dy, g.count(x, axes)),
});
