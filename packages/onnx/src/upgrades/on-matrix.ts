import { attributes } from '../attribute.js';
import { node as nodeOf, type Node } from '../graph.js';
import { between } from './rewritten.js';

/**
 * The nodes that apply a node to the matrix that its first input becomes at an axis (as Flatten has
 * it), and bring the result back to the shape of that input, whatever its sizes are.
 */
export function onMatrix(node: Node, axis: number): Node[] {
  const [input, ...others] = node.inputs;
  const [matrix, result, shape] = ['matrix', 'result', 'shape'].map(what => between(node, what));
  return [
    nodeOf('Flatten', [input], [matrix], attributes({ axis })),
    { ...node, inputs: [matrix, ...others], outputs: [result] },
    nodeOf('Shape', [input], [shape]),
    nodeOf('Reshape', [result, shape], node.outputs, new Map(), { name: between(node, 'back') }),
  ];
}
