import { sizeOf, type LocalGraph, type Rest, type Stage } from '@nads/onnx';
import { dimsOf, sizeOfPart, workOfStage, workOnMaps, type Amount, type Size } from './work-of.js';

/** What work costs for one image, in multiply–accumulates of a convolution. Measured: docs/decisions/locality.md. */
const price = {
  /** An element that a node gives. */
  element: 8,
  /** An element of a crop, copied line by line. */
  cropped: 40,
  /** An element of a whole map, copied at once. */
  copied: 4,
  /** A run of a session, for all images in it. */
  run: 2e6,
  /** A session, for all images of a network. */
  session: 4e7,
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
  const cropped = stage.crops.map(({ value, spans }) => {
    const [height, width] = sizeOfPart(spans, size);
    return dimsOf(graph, value)[1] * height * width;
  });
  return costOf(workOfStage(graph, stage, size), shares) + price.cropped * sum(cropped);
}

/** What the rest costs for each image. */
export function restCost(graph: LocalGraph, { nodes, crops }: Rest, shares: Shares): number {
  const copied = crops.map(({ value }) => sizeOf(dimsOf(graph, value).slice(1)));
  return costOf(workOnMaps(graph, nodes), shares) + price.copied * sum(copied);
}

/** Work in one session. */
const costOf = ({ macs, elements }: Amount, { batch, probes }: Shares): number =>
  macs + price.element * elements + price.run / batch + price.session / probes;

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
