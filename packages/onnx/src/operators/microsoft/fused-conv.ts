import type { Algebra } from '../../algebra/algebra.js';
import type { Value } from '../../algebra/builder.js';
import { getFloats, getString } from '../../attribute.js';
import type { Node } from '../../graph.js';
import type { Operator } from '../../operator.js';
import { typeOf } from '../../shapes/application.js';
import { convolvedDims } from '../../shapes/convolved-dims.js';

/** An activation of a convolution, to which another value may be added first. */
export const fusedConv: Operator = {
  name: 'FusedConv',
  domain: 'com.microsoft',
  inputs: [2, 4],
  decompose: ({ node, inputs: [x, weights, bias, other], g }) => {
    const settings = Object.fromEntries(
      [...node.attributes].filter(([name]) => !name.startsWith('activation')),
    );
    const convolved = g.op('Conv', bias ? [x, weights, bias] : [x, weights], settings);
    return [activated(g, node, other ? g.add(convolved, other) : convolved)];
  },
  infer: application => [{ type: typeOf(application, 0), dims: convolvedDims(application, 1) }],
};

function activated(g: Algebra, node: Node, x: Value): Value {
  const activation = getString(node, 'activation', '');
  const [a, b] = getFloats(node, 'activation_params', []);
  switch (activation) {
    case '':
      return x;
    case 'Relu':
    case 'Sigmoid':
    case 'Tanh':
      return g.op(activation, [x]);
    case 'LeakyRelu':
      return g.op(activation, [x], { alpha: { type: 'float', value: a } });
    case 'HardSigmoid':
      return g.op(activation, [x], {
        alpha: { type: 'float', value: a },
        beta: { type: 'float', value: b },
      });
    case 'Clip':
      return g.op(activation, [x, g.scalar(a, x), g.scalar(b, x)]);
    default:
      throw new Error(`its gradient is not implemented for activation '${activation}'`);
  }
}
