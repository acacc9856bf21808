import type { Node } from './graph.js';
import { opsetOf, type Model } from './model.js';
import { operatorOf } from './operators/registry.js';
import { Unknown } from './shapes/application.js';
import type { Inference } from './shapes/known.js';

/**
 * The axes over all of which a node of a model averages, in order; none where it does something else, or where its dims
 * are not known.
 */
export function averagedAxes(model: Model, node: Node, inference: Inference): readonly number[] {
  const inputs = node.inputs.map(name => inference.get(name));
  const application = { node, inputs, opset: opsetOf(model), inferGraph: () => [] };
  try {
    return (operatorOf(node)?.averages?.(application) ?? []).toSorted((a, b) => a - b);
  } catch (error) {
    if (error instanceof Unknown) return [];
    throw error;
  }
}
