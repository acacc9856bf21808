import { reads, type Node } from '../graph.js';
import { withGraph, type Model } from '../model.js';
import { prune } from '../prune.js';
import type { LocalGraph } from './local-graph.js';
import { spaceOf, type Crop } from './stage.js';

/** What follows behind stages, on whole maps. */
export interface Rest {
  readonly nodes: readonly Node[];
  /** The maps that it takes, as parts that are whole. */
  readonly crops: readonly Crop[];
}

/** What follows behind the local nodes up to `from`. */
export function restFrom(graph: LocalGraph, from: number): Rest {
  const { nodes, rest, source } = graph;
  const before = new Set([source, ...nodes.slice(0, from).flatMap(({ node }) => node.outputs)]);
  const behind = [...nodes.slice(from).map(({ node }) => node), ...rest];
  const values = new Set(behind.flatMap(reads).filter(name => before.has(name)));
  return { nodes: behind, crops: [...values].map(value => whole(graph, value)) };
}

function whole(graph: LocalGraph, value: string): Crop {
  const [rows, columns] = spaceOf(graph, value).map(extent => ({ scale: 0, shift: 0, extent }));
  return { value, name: value, spans: [rows, columns], fill: 0 };
}

/** It as a model of its own, from whole maps to the network's output, for any number of images. */
export function restModel({ model, fixed, inference }: LocalGraph, { nodes, crops }: Rest): Model {
  const inputs = crops.map(({ value }) => ({
    name: value,
    type: 'float32' as const,
    dims: ['N', ...inference.get(value)!.dims!.slice(1)],
  }));
  return prune(withGraph(model, { nodes: [...fixed, ...nodes], inputs, valueInfo: [] }));
}
