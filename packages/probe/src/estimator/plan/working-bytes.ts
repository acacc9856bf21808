import { sizeOf, type Graph, type Inference } from '@nads/onnx';
import type { PlanSettings } from './plan-settings.js';
import type { ProbedNetwork } from './probed-network.js';

/**
 * Bytes that work on one network takes beside its weights, about: the values around the node that has most of them, twice since a
 * runtime packs or pads them, and its secants.
 * @param batch images in one run
 */
export function workingBytes(
  { network, inference, images }: ProbedNetwork,
  { probe }: Pick<PlanSettings, 'probe'>,
  batch: number,
  directions: number,
): number {
  const measured = elementsOf(inference, network.graph.outputs[0].name) / images;
  const run = (2 * batch * largestNode(network.graph, inference)) / images;
  return 4 * (run + (probe === 'secant' ? directions * measured : 0));
}

/** Elements that a node reads and computes, but for constants, at most. */
function largestNode({ nodes, initializers }: Graph, inference: Inference): number {
  const elements = nodes.map(({ inputs, outputs }) =>
    [...inputs, ...outputs]
      .filter(name => !initializers.has(name))
      .reduce((sum, name) => sum + elementsOf(inference, name), 0),
  );
  return elements.reduce((a, b) => Math.max(a, b), 0);
}

function elementsOf(inference: Inference, name: string): number {
  const dims = inference.get(name)?.dims;
  return dims ? sizeOf(dims) : 0;
}
