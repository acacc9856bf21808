import { elementwise } from '../coupling/kept-along.js';
import { getFloat, getInt } from '../attribute.js';
import type { Derivation, Gradient } from '../formulas/derivation.js';
import { node as nodeOf, type Node } from '../graph.js';
import { samePlace } from '../layers/reach-rule.js';
import type { Operator } from '../operator.js';
import { dimsOf, typeOf, type Application } from '../shapes/application.js';
import { keptAxes } from '../shapes/axes.js';
import { odd } from '../symmetry/odd.js';
import { pointwise } from '../symmetry/pointwise.js';
import { floats, numbersOf, tensorOf, type Tensor } from '../tensor.js';
import { between, constantFor, rewritten } from '../upgrades/rewritten.js';

/** Its input unchanged unless training; on request the mask of elements kept, too. */
export const dropout: Operator = {
  name: 'Dropout',
  inputs: [1, 3],
  outputs: [1, 2],
  random: true,
  training: 'mask',
  symmetry: pointwise(odd),
  axes: keptAxes,
  coupling: elementwise,
  reach: (application, isFixed) =>
    application.node.inputs.length > 2 ? undefined : samePlace(application, isFixed),
  upgrade: { since: 12, rewrite: ratioAsInput },
  gradient: (derivation, [dy]) => [passed(derivation, dy!)],
  infer: application => {
    const { inputs, node, opset } = application;
    const [type, dims] = [typeOf(application, 0), dimsOf(application, 0)];
    // from opset 12 on it may be training, which only the runtime decides
    const value = opset < 7 || node.inputs.length > 2 ? undefined : inputs[0]?.value;
    return [
      { type, dims, value },
      { type: opset < 10 ? type : 'bool', dims },
    ];
  },
};

/** What is not dropped passes unchanged: all of it unless training, which takes its mask then. */
function passed(
  { g, inputs: [, ratio, training], outputs: [, mask] }: Derivation,
  dy: string,
): Gradient {
  const flag = training ? g.constantValue(training) : undefined;
  const share = ratio ? g.constantValue(ratio) : undefined;
  if (!training || isZero(flag) || isZero(share)) return () => dy;
  if (!mask)
    throw new Error(
      'in training mode its gradient needs its mask output; export the model for evaluation',
    );
  const kept = ratio ? g.sub(1, ratio) : undefined;
  return () => g.masked(mask, kept ? g.div(dy, g.castLike(kept, dy)) : g.mul(dy, 2));
}

const isZero = (value?: Tensor): boolean => value !== undefined && numbersOf(value)[0] === 0;

/**
 * Before opset 12 the ratio was an attribute, and nodes were in evaluation unless they said otherwise
 * before opset 7. What the mask then held was not said; now it is all elements.
 */
function ratioAsInput({ node, opset }: Application): Node[] {
  const ratio = constantFor(node, 'ratio', floats([], [getFloat(node, 'ratio', 0.5)]));
  const trains = opset < 7 && getInt(node, 'is_test', 0) === 0;
  const training = trains ? [constantFor(node, 'training', tensorOf('bool', [], [1]))] : [];
  const inputs = [node.inputs[0], ...ratio.outputs, ...training.flatMap(flag => flag.outputs)];
  const plain = rewritten(node, { inputs, without: ['ratio', 'is_test'] });
  return [ratio, ...training, ...(opset < 10 ? withMaskOfData(plain) : [plain])];
}

/** Before opset 10 the mask was of the type of the data. */
function withMaskOfData(node: Node): Node[] {
  const [output, mask = ''] = node.outputs;
  if (mask === '') return [node];
  const kept = between(node, 'mask');
  return [
    { ...node, outputs: [output, kept] },
    nodeOf('CastLike', [kept, node.inputs[0]], [mask], new Map(), { name: between(node, 'cast') }),
  ];
}
