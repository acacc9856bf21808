import { reads, type Node } from '../graph.js';
import { withGraph, type Model } from '../model.js';
import { prune } from '../prune.js';
import type { LocalGraph } from './local-graph.js';

/** What follows behind stages, on whole maps. */
export interface Rest {
  readonly nodes: readonly Node[];
  /** Maps that it takes. */
  readonly values: readonly string[];
}

/** What follows behind the local nodes up to `from`. */
export function restFrom({ nodes, rest, source }: LocalGraph, from: number): Rest {
  const before = new Set([source, ...nodes.slice(0, from).flatMap(({ node }) => node.outputs)]);
  const behind = [...nodes.slice(from).map(({ node }) => node), ...rest];
  const values = new Set(behind.flatMap(reads).filter(name => before.has(name)));
  return { nodes: behind, values: [...values] };
}

/** It as a model of its own, from whole maps to the network's output, for any number of images. */
export function restModel({ model, fixed, inference }: LocalGraph, { nodes, values }: Rest): Model {
  const inputs = values.map(name => ({
    name,
    type: 'float32' as const,
    dims: ['N', ...inference.get(name)!.dims!.slice(1)],
  }));
  return prune(withGraph(model, { nodes: [...fixed, ...nodes], inputs, valueInfo: [] }));
}
