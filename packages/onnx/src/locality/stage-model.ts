import type { Node, ValueInfo } from '../graph.js';
import { withGraph, type Model } from '../model.js';
import { prune } from '../prune.js';
import type { LocalGraph } from './local-graph.js';
import type { Stage, StageNode } from './stage.js';

/** A stage as a model of its own, from parts of maps to boxes of its outputs, for any number of images and any size of boxes. */
export function stageModel(graph: LocalGraph, { nodes, crops, outputs }: Stage): Model {
  const free = (name: string, value: string): ValueInfo => {
    const channels = graph.inference.get(value)!.dims![1];
    return { name, type: 'float32', dims: ['N', channels, undefined, undefined] };
  };
  return prune(
    withGraph(graph.model, {
      nodes: [...graph.fixed, ...nodes.map(onCrops)],
      inputs: crops.map(({ name, value }) => free(name, value)),
      outputs: outputs.map(name => free(name, name)),
      valueInfo: [],
    }),
  );
}

/** The node on parts of maps that hold all that it sees. */
function onCrops({ node, reach, crops }: StageNode): Node {
  const inside = reach === 'same place' ? node : reach.inside;
  return { ...inside, inputs: inside.inputs.map(name => crops.get(name) ?? name) };
}
