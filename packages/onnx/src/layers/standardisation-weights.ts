import { constantOperand, isVector } from './constant-operand.js';
import type { WeightRule } from './weight-rule.js';

/** Batch-norm spelled out: what is subtracted is a mean, what is divided by a deviation. */
export const standardisationWeights =
  (role: 'mean' | 'scale'): WeightRule =>
  (node, around) =>
    constantOperand(node, around) === 1 && isVector(around.dims(node.inputs[1]))
      ? [{ input: 1, kind: 'norm', role }]
      : [];
