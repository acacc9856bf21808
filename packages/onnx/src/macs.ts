import type { Graph, Node } from './graph.js';
import { operatorOf } from './operators/registry.js';
import type { Inference } from './shapes/known.js';

/**
 * Multiply–accumulates of the layers of a graph for the shapes of an inference; undefined shapes count as
 * none.
 */
export function macs(graph: Graph, inference: Inference): number {
  return graph.nodes.reduce((sum, node) => sum + nodeMacs(node, inference), 0);
}

function nodeMacs(node: Node, inference: Inference): number {
  const dims = (name: string): readonly number[] => inference.get(name)?.dims ?? [0];
  return operatorOf(node)?.macs?.(node, node.inputs.map(dims), dims(node.outputs[0])) ?? 0;
}
