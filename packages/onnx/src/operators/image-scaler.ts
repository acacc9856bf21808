import { getFloat, getFloats } from '../attribute.js';
import { preserving } from '../families/preserving.js';
import { node as nodeOf, type Node } from '../graph.js';
import type { Application } from '../shapes/application.js';
import { floats } from '../tensor.js';
import { between, constantFor, rewritten, scalarFor } from '../upgrades/rewritten.js';

/** scale · x + bias of the channel. */
export const imageScaler = preserving('ImageScaler', {
  upgrade: { since: 10, rewrite: productAndSum },
});

function productAndSum(old: Application): Node[] {
  const { node } = old;
  const biases = getFloats(node, 'bias', []);
  const bias = constantFor(node, 'bias', floats([biases.length, 1, 1], biases));
  const [scale, product] = ['scale', 'product'].map(what => between(node, what));
  const inputs = [product, ...bias.outputs];
  return [
    ...scalarFor(old, 'scale', getFloat(node, 'scale', 1)),
    bias,
    nodeOf('Mul', [node.inputs[0], scale], [product]),
    rewritten(node, { operator: 'Add', inputs, without: ['scale', 'bias'] }),
  ];
}
