import { broadcasting } from '../families/broadcasting.js';
import { summedForEach } from '../formulas/example-rule.js';
import type { Node } from '../graph.js';
import { constantOperand, isVector } from '../layers/constant-operand.js';
import { affineInOne } from '../layers/affine-rule.js';
import { throughTerms } from '../layers/path-rule.js';
import type { WeightSurroundings, WeightUse } from '../layers/weight-rule.js';

/** a + b, broadcast. */
export const add = broadcasting('Add', (a, b) => a + b, {
  exact: true,
  adds: true,
  affine: affineInOne(
    () => 1,
    () => 1,
  ),
  path: throughTerms,
  weights: additionWeights,
  gradient: (_, [dy]) => [() => dy!, () => dy!],
  ofEach: ({ g, inputs }, dy, input) => summedForEach(g, dy, inputs[input]),
});

/** A constant added right behind a layer is its bias, elsewhere the shift of a normalisation or an embedding. */
function additionWeights(node: Node, around: WeightSurroundings): readonly WeightUse[] {
  const input = constantOperand(node, around);
  if (input === undefined) return [];
  const layer = around.producer(node.inputs[1 - input]);
  const [weight] = layer ? around.usesOf(layer) : [];
  if (weight?.takesBias && around.isWeight(layer!.inputs[weight.input]))
    return [{ ...weight, input, role: 'bias', layer }];
  if (!isVector(around.dims(node.inputs[input])))
    return [{ input, kind: 'embedding', role: 'weight' }];
  return [{ input, kind: 'norm', role: 'shift' }];
}
