import type { Graph, Node } from './graph.js';
import type { Model } from './model.js';
import { Unknown, type Known } from './operator.js';
import { operatorOf } from './operators/registry.js';
import type { Tensor } from './tensor.js';

/** What is known of every value of a graph, by name. */
export type Inference = ReadonlyMap<string, Known>;

/**
 * Types, dims and constant values of all values of a model's graph, from the dims of its inputs.
 * Values that depend on data, or on operators without a shape rule, have no dims.
 * @param inputs dims by input name; inputs left out take what the file says, if that is complete.
 * @throws where shapes contradict each other, naming the node.
 */
export function inferShapes(
  model: Model,
  inputs: Readonly<Record<string, readonly number[]>> = {},
): Inference {
  const known = inferenceStart(model.graph, inputs);
  for (const node of model.graph.nodes) inferNode(model, node, known);
  return known;
}

/** Adds the outputs of one node to what is known. @throws where its inputs do not fit, naming it. */
export function inferNode(model: Model, node: Node, known: Map<string, Known>): void {
  const outputs = infer(model, node, known);
  node.outputs.forEach((name, i) => name && known.set(name, outputs[i] ?? {}));
}

/** What is known of a constant. */
export const constantOf = (value: Tensor): Known => ({ type: value.type, dims: value.dims, value });

/** What is known before the first node: inputs and constants. */
export function inferenceStart(graph: Graph, inputs: Readonly<Record<string, readonly number[]>>) {
  const known = new Map<string, Known>();
  for (const { name, type, dims } of graph.inputs)
    known.set(name, { type, dims: inputs[name] ?? complete(dims) });
  for (const [name, tensor] of graph.initializers) known.set(name, constantOf(tensor));
  return known;
}

function complete(dims: Graph['inputs'][number]['dims']): readonly number[] | undefined {
  return dims?.every(isSize) ? dims : undefined;
}

// some exporters write −1 for a free size
const isSize = (size: unknown): size is number => typeof size === 'number' && size >= 0;

function infer(model: Model, node: Node, known: ReadonlyMap<string, Known>): readonly Known[] {
  const operator = operatorOf(node);
  if (!operator) return [];
  const inputs = node.inputs.map(name => (name === '' ? undefined : known.get(name)));
  const opset = model.opsets.get(node.domain) ?? 1;
  const inferGraph = (graph: Graph) => inferSubgraph(model, graph, known);
  try {
    return operator.infer({ node, inputs, opset, inferGraph }).map(possible);
  } catch (error) {
    if (error instanceof Unknown) return [];
    throw new Error(`node '${node.name}' (${node.operator}): ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** @throws where a rule came to dims that no tensor has: then its inputs have too few axes, or too small ones. */
function possible(known: Known): Known {
  if (known.dims?.every(size => Number.isInteger(size) && size >= 0) === false)
    throw new Error(`its result would have dims [${known.dims.map(String)}]`);
  return known;
}

/** What is known of the outputs of a graph inside a node, which sees the values outside. */
function inferSubgraph(model: Model, graph: Graph, outside: ReadonlyMap<string, Known>): Known[] {
  const known = new Map([...outside, ...inferenceStart(graph, {})]);
  for (const node of graph.nodes) inferNode(model, node, known);
  return graph.outputs.map(({ name }) => known.get(name) ?? {});
}
