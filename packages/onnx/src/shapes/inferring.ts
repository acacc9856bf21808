import type { Graph, Node } from '../graph.js';
import type { Model } from '../model.js';
import { Unknown } from './application.js';
import { inferenceStart } from './inference-start.js';
import type { Known } from './known.js';
import type { Lookup } from './shape-rule.js';
import { nodeLabel } from '../node-label.js';

/**
 * Adds the outputs of one node to what is known.
 * @throws where its inputs do not fit, naming it.
 */
export type InferNode = (model: Model, node: Node, known: Map<string, Known>) => void;

/** Shape inference by the rules of operators that are looked up. */
export const inferring =
  (operatorOf: Lookup): InferNode =>
  (model, node, known) => {
    const outputs = infer(operatorOf, model, node, known);
    node.outputs.forEach((name, i) => name && known.set(name, outputs[i] ?? {}));
  };

function infer(
  operatorOf: Lookup,
  model: Model,
  node: Node,
  known: ReadonlyMap<string, Known>,
): readonly Known[] {
  const operator = operatorOf(node);
  if (!operator) return [];
  const inputs = node.inputs.map(name => (name === '' ? undefined : known.get(name)));
  const opset = model.opsets.get(node.domain) ?? 1;
  const inferGraph = (graph: Graph) => inferSubgraph(inferring(operatorOf), model, graph, known);
  try {
    return operator.infer({ node, inputs, opset, inferGraph }).map(possible);
  } catch (error) {
    if (error instanceof Unknown) return [];
    throw new Error(`${nodeLabel(node)}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** What is known of the outputs of a graph inside a node, which sees the values outside. */
function inferSubgraph(
  inferNode: InferNode,
  model: Model,
  graph: Graph,
  outside: ReadonlyMap<string, Known>,
): Known[] {
  const known = new Map([...outside, ...inferenceStart(graph, {})]);
  for (const node of graph.nodes) inferNode(model, node, known);
  return graph.outputs.map(({ name }) => known.get(name) ?? {});
}

/** @throws where a rule came to dims that no tensor has: then its inputs have too few axes, or too small ones. */
function possible(known: Known): Known {
  if (known.dims?.every(size => Number.isInteger(size) && size >= 0) === false)
    throw new Error(`its output would have dims [${known.dims.map(String)}]`);
  return known;
}
