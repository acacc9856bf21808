import { pointwise as coupled } from '../coupling/pointwise.js';
import { summed } from '../formulas/summed.js';
import { throughBranches } from '../layers/path-rule.js';
import { samePlaces } from '../layers/reach-rule.js';
import type { Operator } from '../operator.js';
import { dimsOf, typeOf } from '../shapes/application.js';
import { keptAxes } from '../shapes/axes.js';
import { broadcast } from '../shapes/broadcast.js';
import { foldElementwise } from '../shapes/fold.js';
import { pointwise } from '../symmetry/pointwise.js';

/** a where the condition holds, else b; all three broadcast. */
export const where: Operator = {
  name: 'Where',
  inputs: [3, 3],
  symmetry: pointwise(),
  reach: samePlaces,
  axes: keptAxes,
  coupling: coupled,
  path: throughBranches,
  gradient: summed(({ g, inputs: [condition] }, [dy]) => [
    undefined,
    () => g.masked(condition, dy!),
    () => g.where(condition, 0, dy!),
  ]),
  infer: application => {
    const type = typeOf(application, 1);
    const dims = broadcast([0, 1, 2].map(i => dimsOf(application, i)));
    const value = foldElementwise(application.inputs, type, (holds, a, b) => (holds ? a : b));
    return [{ type, dims, value }];
  },
};
