import { sizeOf } from '../tensor.js';
import type { WeightRule } from './weight-rule.js';

interface Kind {
  readonly kind: 'conv' | 'conv-transpose';
  /** Whether what an Add behind it adds is its bias where it has none of its own. */
  readonly takesBias: boolean;
}

/** Kernel and bias. */
export const convolutionWeights =
  ({ kind, takesBias }: Kind): WeightRule =>
  (node, { dims }) => {
    const [first = 1, second = 1, ...kernel] = dims(node.inputs[1]);
    const fans = { fanIn: second * sizeOf(kernel), fanOut: first * sizeOf(kernel) };
    return [
      { input: 1, kind, role: 'weight', ...fans, takesBias: takesBias && !node.inputs[2] },
      { input: 2, kind, role: 'bias', ...fans },
    ];
  };
