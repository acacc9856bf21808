import { broadcasting } from '../families/broadcasting.js';
import { summedForEach } from '../formulas/example-rule.js';
import type { Node } from '../graph.js';
import { affineInOne } from '../layers/affine-rule.js';
import { constantOperand, isVector } from '../layers/constant-operand.js';
import { throughFactor } from '../layers/path-rule.js';
import type { WeightSurroundings, WeightUse } from '../layers/weight-rule.js';
import { sizeOf } from '../tensor.js';

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

/** A constant whose products are summed behind a layer is the weight of another one; else a vector is the scale of a normalisation. */
function scalingWeights(node: Node, around: WeightSurroundings): readonly WeightUse[] {
  const input = constantOperand(node, around);
  if (input === undefined) return [];
  const dims = around.dims(node.inputs[input]);
  const fanIn = summedElements(node, dims, around);
  if (fanIn > 1)
    return [{ input, kind: 'linear', role: 'weight', fanIn, fanOut: sizeOf(dims) / fanIn }];
  return isVector(dims) ? [{ input, kind: 'norm', role: 'scale' }] : [];
}

/** Elements of a factor along axes over which all that reads the product sums. */
function summedElements(
  { outputs: [product] }: Node,
  dims: readonly number[],
  around: WeightSurroundings,
): number {
  const shift = around.dims(product).length - dims.length;
  return sizeOf(around.summedBehind(product).map(axis => dims[axis - shift] ?? 1));
}
