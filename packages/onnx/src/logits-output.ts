import { findHead, isHead } from './head.js';
import { producers, type Dimension, type Graph, type Node, type ValueInfo } from './graph.js';
import { withGraph, type Model } from './model.js';
import { inferWhereItFits } from './infer-shapes.js';
import { isFloating } from './data-type.js';
import { inferenceStart } from './shapes/inference-start.js';
import type { Inference } from './shapes/known.js';

/** The outputs that are floating-point; where none is known to be, those of which the file does not say the type. */
export function floatOutputs({ graph }: Model): readonly ValueInfo[] {
  const known = graph.outputs.filter(({ type }) => isFloating(type));
  return known.length > 0 ? known : graph.outputs.filter(({ type }) => type === undefined);
}

/**
 * Of a model's floating-point outputs the one that looks like logits: the output of a linear layer that most nodes come
 * before, and of several of the same layer the one that fewest operators follow, such as a Softmax; the first one where no
 * output is a linear layer's.
 * @param model without functions
 * @returns undefined where there is no floating-point output
 */
export function logitsOutput(model: Model): ValueInfo | undefined {
  const outputs = floatOutputs(model);
  if (outputs.length < 2) return outputs[0];
  const inference = inferOneImage(model);
  const found = outputs.flatMap(output => {
    const head = findHead(withGraph(model, { outputs: [output] }), inference);
    if (!isHead(head)) return [];
    return [{ output, before: countBefore(model.graph, head.node), behind: head.behind.length }];
  });
  found.sort((a, b) => b.before - a.before || a.behind - b.behind);
  return found[0]?.output ?? outputs[0];
}

/** What is known of all values where free batch axes hold one image, as far as that fits. */
function inferOneImage(model: Model): Inference {
  const { graph } = model;
  const inputs = graph.inputs.map(input => ({ ...input, dims: ofOneImage(input.dims) }));
  const known = inferenceStart({ ...graph, inputs }, {});
  for (const node of graph.nodes) inferWhereItFits(model, node, known);
  return known;
}

const ofOneImage = (dims?: readonly Dimension[]): readonly Dimension[] | undefined =>
  dims?.map((size, axis) => (axis === 0 && !(Number(size) > 0) ? 1 : size));

/** How many nodes a node depends on. */
function countBefore(graph: Graph, last: Node): number {
  const made = producers(graph);
  const seen = new Set<Node>();
  for (const queue = [last]; queue.length > 0;)
    for (const name of queue.pop()!.inputs) {
      const before = made.get(name);
      if (!before || seen.has(before)) continue;
      seen.add(before);
      queue.push(before);
    }
  return seen.size;
}
