import type { WeightRule } from '../layers/weight-rule.js';
import { constantOperand, isVector } from '../layers/constant-operand.js';
import { broadcasting } from '../families/broadcasting.js';

/** A vector behind a layer is the scale of a normalisation. */
const scalingWeights: WeightRule = (node, around) => {
  const input = constantOperand(node, around);
  if (input === undefined || !isVector(around.dims(node.inputs[input]))) return [];
  return [{ input, kind: 'norm', role: 'scale' }];
};

/** a · b, broadcast. */
export const mul = broadcasting('Mul', (a, b) => a * b, {
  exact: true,
  weights: scalingWeights,

  gradient: ({ g, inputs: [a, b] }, [dy]) => [() => g.mul(dy!, b), () => g.mul(dy!, a)],
});
