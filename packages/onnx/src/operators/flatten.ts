import { regrouped as inRuns } from '../coupling/regrouped.js';
import { getInt } from '../attribute.js';
import type { Operator } from '../operator.js';
import { dimsOf } from '../shapes/application.js';
import { reshaped } from '../shapes/fold.js';
import { regrouped } from '../symmetry/regrouped.js';
import { sizeOf } from '../tensor.js';

/** The same elements as a matrix: axes before `axis` become rows, the others columns. */
export const flatten: Operator = {
  name: 'Flatten',
  inputs: [1, 1],
  symmetry: regrouped,
  coupling: inRuns,
  carries: 'in order',
  gradient: ({ g, inputs: [x] }, [dy]) => [() => g.reshapeLike(dy!, x)],
  infer: application => {
    const dims = dimsOf(application, 0);
    const axis = getInt(application.node, 'axis', 1);
    if (Math.abs(axis) > dims.length)
      throw new Error(`axis ${axis} is out of range for dims [${dims}]`);
    const [rows, columns] = [dims.slice(0, axis), dims.slice(axis)];
    return [reshaped(application.inputs[0], [sizeOf(rows), sizeOf(columns)])];
  },
};
