import { reduced } from '../coupling/reduced.js';
import { reduction } from '../families/reduction.js';
import { dimsOf } from '../shapes/application.js';
import { reducedAxes } from '../shapes/reduced-axes.js';
import { settingsAsInputs } from '../upgrades/settings-as-inputs.js';

/** Σx over the given axes. */
export const reduceSum = reduction('ReduceSum', {
  isLinear: true,
  coupling: reduced({ isSum: true }),
  sumsOver: application => reducedAxes(application, dimsOf(application, 0).length),
  fold: xs => xs.reduce((a, b) => a + b, 0),
  share: (_, { dy }) => dy,
  upgrade: settingsAsInputs(13, 'axes'),
});
