import { sizeOf } from '../tensor.js';
import type { WeightRule } from './weight-rule.js';

/** Kernel and bias. @param takesBias whether an Add behind it is its bias where it has none of its own. */
export const convolutionWeights =
  (kind: 'conv' | 'conv-transpose', takesBias = false): WeightRule =>
  (node, { dims }) => {
    const [first = 1, second = 1, ...kernel] = dims(node.inputs[1]);
    const fans = { fanIn: second * sizeOf(kernel), fanOut: first * sizeOf(kernel) };
    return [
      { input: 1, kind, role: 'weight', ...fans, takesBias: takesBias && !node.inputs[2] },
      { input: 2, kind, role: 'bias', ...fans },
    ];
  };
