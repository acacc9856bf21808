import type { Graph, Node } from './graph.js';
import { nodeLabel } from './node-label.js';
import { operatorOf } from './operators/registry.js';
import type { Inference } from './shapes/known.js';
import { numbersOf } from './tensor.js';

/**
 * Checks that the same image gives the same outputs in every run.
 * @param graph without nodes that no output depends on
 * @throws naming the node that draws random numbers
 */
export function requireRepeatable({ nodes }: Graph, inference: Inference): void {
  const found = nodes.find(node => operatorOf(node)?.random && !isAtRest(node, inference));
  if (found)
    throw new Error(
      `${nodeLabel(found)} draws random numbers in every run, so outputs differ for the same image; export the model for evaluation, without it`,
    );
}

/** Whether a node is random in training only, and not in training, as a Dropout may be. */
function isAtRest(node: Node, inference: Inference): boolean {
  if (operatorOf(node)?.training === undefined) return false;
  const [, ratio, training] = node.inputs;
  return !training || [ratio, training].some(name => isZero(name, inference));
}

function isZero(name: string, inference: Inference): boolean {
  const value = inference.get(name)?.value;
  return value !== undefined && numbersOf(value)[0] === 0;
}
