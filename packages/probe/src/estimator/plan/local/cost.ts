import type { LocalGraph, Rest, Stage } from '@nads/onnx';
import { dimsOf, sizeOfPart, workOfStage, workOnMaps, type Amount, type Size } from './work-of.js';

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

/** How many images share what is done once. */
export interface Shares {
  /** Images in one run. */
  readonly batch: number;
  /** Images of one network. */
  readonly probes: number;
}

/** What a stage costs for each image where its outputs are boxes of a size. */
export function stageCost(graph: LocalGraph, stage: Stage, size: Size, shares: Shares): number {
  const { crops, outputs } = stage;
  const taken = sum(crops.map(({ value, spans }) => partOf(graph, value, sizeOfPart(spans, size))));
  const given = sum(outputs.map(name => partOf(graph, name, size)));
  return costOf(workOfStage(graph, stage, size), taken + given, shares);
}

/** What the rest costs for each image. */
export function restCost(graph: LocalGraph, { nodes, crops }: Rest, shares: Shares): number {
  const taken = crops.map(({ value, spans }) => partOf(graph, value, sizeOfPart(spans, [1, 1])));
  return costOf(workOnMaps(graph, nodes), sum(taken), shares);
}

/** Elements of a part of a map. */
const partOf = (graph: LocalGraph, value: string, [height, width]: Size): number =>
  dimsOf(graph, value)[1] * height * width;

/** Work in one session. */
const costOf = (
  { inBlocks, elements }: Amount,
  handedOn: number,
  { batch, probes }: Shares,
): number =>
  inBlocks +
  price.element * elements +
  price.handedOn * handedOn +
  price.run / batch +
  price.session / probes;

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
