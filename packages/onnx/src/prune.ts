import { reads, type Graph } from './graph.js';
import { withGraph, type Model } from './model.js';

/** The model without nodes, initializers and listed initializers that no output depends on. */
export function prune(model: Model): Model {
  const { graph } = model;
  const live = liveValues(graph);
  const isLive = (name: string): boolean => live.has(name);
  return withGraph(model, {
    nodes: graph.nodes.filter(node => node.outputs.some(isLive)),
    initializers: new Map([...graph.initializers].filter(([name]) => isLive(name))),
    inputs: graph.inputs.filter(({ name }) => isLive(name) || !graph.initializers.has(name)),
    valueInfo: graph.valueInfo.filter(({ name }) => isLive(name)),
  });
}

function liveValues(graph: Graph): Set<string> {
  const live = new Set(graph.outputs.map(output => output.name));
  for (const node of graph.nodes.toReversed())
    if (node.outputs.some(name => live.has(name))) for (const name of reads(node)) live.add(name);
  return live;
}
