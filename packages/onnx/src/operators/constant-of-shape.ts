import { keptDims } from '../coupling/resize-rule.js';
import { getTensor } from '../attribute.js';
import type { Operator } from '../operator.js';
import { valueOf } from '../shapes/application.js';
import { moved } from '../shapes/fold.js';
import { stridedOffsets } from '../shapes/offsets.js';
import { floats, numbersOf } from '../tensor.js';

/** A tensor of the dims that its input says, every element the same (0 unless said otherwise). */
export const constantOfShape: Operator = {
  name: 'ConstantOfShape',
  inputs: [1, 1],
  storage: 'ConstantOfShape',
  resized: resizing => ({
    ...resizing.before.node,
    inputs: [resizing.constant(keptDims(resizing, resizing.before.node.outputs[0]))],
  }),
  infer: application => {
    const dims = numbersOf(valueOf(application, 0));
    const value = getTensor(application.node, 'value') ?? floats([1], [0]);
    const steps = dims.map(() => 0);
    return [moved({ type: value.type, value }, dims, () => stridedOffsets(dims, steps))];
  },
};
