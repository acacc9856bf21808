import type { Node } from './graph.js';
import type { Model } from './model.js';
import { operatorOf } from './operators/registry.js';
import { inferenceStart } from './shapes/inference-start.js';
import { inferring } from './shapes/inferring.js';
import type { Inference, Known } from './shapes/known.js';

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
export const inferNode = inferring(operatorOf);

/**
 * Adds the outputs of one node to what is known for sizes that are only tried: where they do not fit, nothing is known
 * of them.
 */
export function inferWhereItFits(model: Model, node: Node, known: Map<string, Known>): void {
  try {
    inferNode(model, node, known);
  } catch {
    for (const name of node.outputs) known.delete(name);
  }
}
