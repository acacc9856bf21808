import { getInt } from './attribute.js';
import type { Graph, Node } from './graph.js';
import type { Inference } from './shapes/known.js';
import { sizeOf } from './tensor.js';

/**
 * Multiply–accumulates of convolutions and matrix products for the shapes of an inference;
 * undefined shapes count as none.
 */
export function macs(graph: Graph, inference: Inference): number {
  return graph.nodes.reduce((sum, node) => sum + nodeMacs(node, inference), 0);
}

function nodeMacs(node: Node, inference: Inference): number {
  const dims = (name: string): readonly number[] => inference.get(name)?.dims ?? [0];
  const [input, weight] = node.inputs.map(dims);
  const output = sizeOf(dims(node.outputs[0]));
  switch (node.operator) {
    case 'Conv':
      return output * sizeOf(weight.slice(1));
    case 'ConvTranspose':
      return sizeOf(input) * sizeOf(weight.slice(1));
    case 'MatMul':
      return output * input.at(-1)!;
    case 'Gemm':
      return output * input[getInt(node, 'transA', 0) ? 0 : 1];
    default:
      return 0;
  }
}
