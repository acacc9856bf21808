import type { Node } from './graph.js';
import { opsetOf, type Model } from './model.js';
import { operatorOf } from './operators/registry.js';
import type { Inference } from './shapes/known.js';

/** The axes over all of which a node of a model averages, in order; none where it does something else. */
export function averagedAxes(model: Model, node: Node, inference: Inference): readonly number[] {
  const inputs = node.inputs.map(name => inference.get(name));
  const application = { node, inputs, opset: opsetOf(model), inferGraph: () => [] };
  return (operatorOf(node)?.averages?.(application) ?? []).toSorted((a, b) => a - b);
}
