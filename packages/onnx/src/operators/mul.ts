import { broadcasting } from '../families/broadcasting.js';
import { summedForEach } from '../formulas/example-rule.js';
import type { Node } from '../graph.js';
import { affineInOne } from '../layers/affine-rule.js';
import { constantOperand, isVector } from '../layers/constant-operand.js';
import { throughFactor } from '../layers/path-rule.js';
import type { WeightSurroundings, WeightUse } from '../layers/weight-rule.js';

/** a · b, broadcast. */
export const mul = broadcasting('Mul', (a, b) => a * b, {
  exact: true,
  affine: affineInOne(
    c => c,
    c => c,
  ),
  path: throughFactor,
  weights: scalingWeights,
  gradient: ({ g, inputs: [a, b] }, [dy]) => [() => g.mul(dy!, b), () => g.mul(dy!, a)],
  ofEach: ({ g, inputs }, dy, input) =>
    summedForEach(g, g.mul(dy, inputs[1 - input]), inputs[input]),
});

/** A vector behind a layer is the scale of a normalisation. */
function scalingWeights(node: Node, around: WeightSurroundings): readonly WeightUse[] {
  const input = constantOperand(node, around);
  if (input === undefined || !isVector(around.dims(node.inputs[input]))) return [];
  return [{ input, kind: 'norm', role: 'scale' }];
}
