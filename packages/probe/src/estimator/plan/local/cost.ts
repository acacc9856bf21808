import { sizeOf, type LocalGraph, type Stage } from '@nads/onnx';
import type { Setting } from './setting.js';
import {
  both,
  dimsOf,
  sizeOfPart,
  workOfStage,
  workOnMaps,
  type Amount,
  type Size,
} from './work-of.js';

/** What work costs for one image, in multiply–accumulates of a convolution. Measured: docs/decisions/locality.md. */
const price = {
  /** An element that a node gives. */
  element: 16,
  /** An element that goes into a session or comes out of it: it is copied, and put in another order by the runtime. */
  handedOn: 150,
  /** A run of a session, for all images in it. */
  run: 3e6,
  /** A session, for all images of a network. */
  session: 5e7,
};

/** What a stage costs for each image where its outputs are boxes of a size. */
export function stageCost(graph: LocalGraph, stage: Stage, size: Size, setting: Setting): number {
  const { crops, outputs } = stage;
  const taken = sum(crops.map(({ value, spans }) => partOf(graph, value, sizeOfPart(spans, size))));
  const given = sum(outputs.map(name => partOf(graph, name, size)));
  return costOf(workOfStage(graph, stage, size), taken + given, setting);
}

/** What the rest costs for each image, by the number of local nodes that are in front of it. */
export function restCosts(graph: LocalGraph, setting: Setting): number[] {
  const taken = elementsTaken(graph);
  const costs: number[] = [];
  let work = workOnMaps(graph, graph.rest);
  for (let from = graph.nodes.length; from >= 0; from--) {
    costs[from] = costOf(work, taken[from], setting);
    if (from > 0) work = both(work, workOnMaps(graph, [graph.nodes[from - 1].node]));
  }
  return costs;
}

/** Elements of the maps that the rest takes, by the number of local nodes in front of it. */
function elementsTaken(graph: LocalGraph): number[] {
  const { nodes, source, lastReader } = graph;
  const change = new Float64Array(nodes.length + 2);
  const add = (name: string, since: number): void => {
    const until = Math.min(lastReader.get(name) ?? -1, nodes.length);
    if (until < since) return;
    const size = sizeOf(dimsOf(graph, name).slice(1));
    change[since] += size;
    change[until + 1] -= size;
  };
  add(source, 0);
  nodes.forEach(({ node }, i) => node.outputs.forEach(name => add(name, i + 1)));
  let sofar = 0;
  return Array.from(change.subarray(0, -1), x => (sofar += x));
}

/** Elements of a part of a map. */
const partOf = (graph: LocalGraph, value: string, [height, width]: Size): number =>
  dimsOf(graph, value)[1] * height * width;

/** Work in one session. */
const costOf = (
  { inBlocks, elements }: Amount,
  handedOn: number,
  { batch, probes }: Setting,
): number =>
  inBlocks +
  price.element * elements +
  price.handedOn * handedOn +
  price.run / batch +
  price.session / probes;

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
