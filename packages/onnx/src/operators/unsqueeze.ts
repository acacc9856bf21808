import { regrouped as inRuns } from '../coupling/regrouped.js';
import type { Operator } from '../operator.js';
import { dimsOf } from '../shapes/application.js';
import { reshaped } from '../shapes/fold.js';
import { integersOf } from '../shapes/integers-of.js';
import { normaliseAxis } from '../shapes/normalise-axis.js';
import { regrouped } from '../symmetry/regrouped.js';
import { settingsAsInputs } from '../upgrades/settings-as-inputs.js';

/** The same elements with axes of size 1 inserted; `axes` are places in the result. */
export const unsqueeze: Operator = {
  name: 'Unsqueeze',
  inputs: [1, 2],
  symmetry: regrouped,
  coupling: inRuns,
  carries: 'in order',
  upgrade: settingsAsInputs(13, 'axes'),
  gradient: ({ g, inputs: [x] }, [dy]) => [() => g.reshapeLike(dy!, x)],
  infer: application => {
    const dims = [...dimsOf(application, 0)];
    const inserted = integersOf(application, 'axes', 1) ?? [];
    const rank = dims.length + inserted.length;
    const axes = new Set(inserted.map(axis => normaliseAxis(axis, rank)));
    if (axes.size !== inserted.length) throw new Error(`axes [${inserted}] contain duplicates`);
    const places = Array.from({ length: rank }, (_, i) => (axes.has(i) ? 1 : dims.shift()!));
    return [reshaped(application.inputs[0], places)];
  },
};
