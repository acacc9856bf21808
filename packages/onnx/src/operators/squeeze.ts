import { regrouped as inRuns } from '../coupling/regrouped.js';
import type { Operator } from '../operator.js';
import { dimsOf } from '../shapes/application.js';
import { reshaped } from '../shapes/fold.js';
import { integersOf } from '../shapes/integers-of.js';
import { normaliseAxis } from '../shapes/normalise-axis.js';
import { regrouped } from '../symmetry/regrouped.js';
import { settingsAsInputs } from '../upgrades/settings-as-inputs.js';

/** The same elements without the given axes of size 1, or without all of them. */
export const squeeze: Operator = {
  name: 'Squeeze',
  inputs: [1, 2],
  symmetry: regrouped,
  coupling: inRuns,
  carries: 'in order',
  upgrade: settingsAsInputs(13, 'axes'),
  gradient: ({ g, inputs: [x] }, [dy]) => [() => g.reshapeLike(dy!, x)],
  infer: application => {
    const dims = dimsOf(application, 0);
    const chosen = integersOf(application, 'axes', 1);
    const axes = new Set(chosen?.map(axis => normaliseAxis(axis, dims.length)));
    for (const axis of axes)
      if (dims[axis] !== 1)
        throw new Error(`axis ${axis} of [${dims}] has size ${dims[axis]}, expected 1`);
    const isLeft = (size: number, axis: number) => (chosen ? !axes.has(axis) : size !== 1);
    return [reshaped(application.inputs[0], dims.filter(isLeft))];
  },
};
