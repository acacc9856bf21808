import { mostNodes, stageBetween, type LocalGraph, type Stage } from '@nads/onnx';
import { boxSizes } from './box-sizes.js';
import { restCosts, stageCost } from './cost.js';
import type { Setting } from './setting.js';

/** A way to compute a network: stages, and the index of the first local node that is not in one. */
export interface Way {
  readonly stages: readonly Stage[];
  readonly end: number;
  /** For each image, in multiply–accumulates. */
  readonly cost: number;
}

/** Nodes in a stage, at most. */
const mostInStage = 32;

/**
 * The cheapest way, found from the end: from each local node on it is the rest at once, or a stage and the cheapest way behind it
 * (Bellman 1957). Without stages it is the whole network on whole images, the cost of which is `whole`.
 */
export function cheapestWay(graph: LocalGraph, setting: Setting): { way: Way; whole: number } {
  const rest = restCosts(graph, setting);
  const ways: Way[] = [];
  for (let from = graph.nodes.length; from >= 0; from--) {
    const atOnce = { stages: [], end: from, cost: rest[from] };
    ways[from] = cheapest([atOnce, ...withStage(graph, from, ways, setting)]);
  }
  return { way: ways[0], whole: rest[0] };
}

const cheapest = (ways: readonly Way[]): Way =>
  ways.reduce((best, way) => (way.cost < best.cost ? way : best));

/** The ways that begin with a stage, of each length. */
function withStage(graph: LocalGraph, from: number, ways: readonly Way[], setting: Setting): Way[] {
  const found: Way[] = [];
  const most = mostNodes(graph, from, mostInStage);
  for (let to = from + most; to > from; to--) {
    const stage = stageBetween(graph, from, to);
    if (!stage) continue;
    const { stages, end, cost } = ways[to];
    const own = meanCost(graph, stage, setting);
    found.push({ stages: [stage, ...stages], end, cost: own + cost });
  }
  return found;
}

function meanCost(graph: LocalGraph, stage: Stage, setting: Setting): number {
  const sizes = boxSizes(stage, setting);
  const costs = sizes.map(size => stageCost(graph, stage, size, setting));
  return costs.reduce((a, b) => a + b, 0) / costs.length;
}
