import { mostNodes, restFrom, stageBetween, type LocalGraph, type Stage } from '@nads/onnx';
import { restCost, stageCost, type Shares } from './cost.js';
import { largestRange } from './largest-range.js';
import { rangesOf, type placeTables } from './place-table.js';
import type { ProbeBoxes } from './probe-boxes.js';
import type { BatchPlaces } from './sampled-batches.js';
import type { Size } from './work-of.js';

/** A way to compute a network: stages, and the index of the first local node that is not in one. */
export interface Way {
  readonly stages: readonly Stage[];
  readonly end: number;
  /** For each image, in multiply–accumulates. */
  readonly cost: number;
}

/** What stages are chosen by. */
export interface Setting extends Shares {
  readonly tables: ReturnType<typeof placeTables>;
  readonly boxes: ProbeBoxes;
  /** The order of directions in batches. */
  readonly order: Int32Array;
  readonly batches: readonly BatchPlaces[];
}

/**
 * The cheapest way from each local node on: the rest at once, or a stage and the cheapest way behind it (Bellman 1957). That at 0
 * without stages is the whole network on whole images.
 */
export function cheapestWay(graph: LocalGraph, setting: Setting): Way {
  const ways: Way[] = [];
  for (let from = graph.nodes.length; from >= 0; from--) {
    const rest = { stages: [], end: from, cost: restCost(graph, restFrom(graph, from), setting) };
    ways[from] = cheapest([rest, ...withStage(graph, from, ways, setting)]);
  }
  return ways[0];
}

const cheapest = (ways: readonly Way[]): Way =>
  ways.reduce((best, way) => (way.cost < best.cost ? way : best));

/** The ways that begin with a stage, of each length. */
function withStage(graph: LocalGraph, from: number, ways: readonly Way[], setting: Setting): Way[] {
  const found: Way[] = [];
  for (let to = from + mostNodes(graph, from); to > from; to--) {
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

/** Sizes of the boxes of a stage's outputs in each batch. */
export function boxSizes({ outputs }: Stage, { tables, batches }: Setting): Size[] {
  const [rows, columns] = tables.map(table => rangesOf(table, outputs));
  return batches.map(({ tops, lefts }) => [largestRange(rows, tops), largestRange(columns, lefts)]);
}
