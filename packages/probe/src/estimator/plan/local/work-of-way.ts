import { restFrom, sizeOf, type LocalGraph, type Stage } from '@nads/onnx';
import { boxSizes } from './box-sizes.js';
import type { Way } from './cheapest-way.js';
import type { Setting } from './setting.js';
import { dimsOf, sizeOfPart, workOfStage, workOnMaps } from './work-of.js';

/** Multiply–accumulates for each image. */
export function macsOfWay(graph: LocalGraph, { stages, end }: Way, setting: Setting): number {
  const onMaps = workOnMaps(graph, restFrom(graph, end).nodes).macs;
  const onBoxes = stages.map(stage => {
    const macs = boxSizes(stage, setting).map(size => workOfStage(graph, stage, size).macs);
    return macs.reduce((a, b) => a + b, 0) / macs.length;
  });
  return onBoxes.reduce((a, b) => a + b, onMaps);
}

/** Elements of the largest value that a run holds for each image. */
export function largestValue(graph: LocalGraph, { stages, end }: Way, setting: Setting): number {
  const { crops, nodes } = restFrom(graph, end);
  const names = [...crops.map(({ value }) => value), ...nodes.flatMap(({ outputs }) => outputs)];
  const [images] = dimsOf(graph, graph.source);
  const onMaps = names.map(name => sizeOf(dimsOf(graph, name)) / images);
  return Math.max(1, ...onMaps, ...stages.map(stage => largestIn(graph, stage, setting)));
}

function largestIn(graph: LocalGraph, stage: Stage, setting: Setting): number {
  const sizes = boxSizes(stage, setting);
  const [tall, wide] = [0, 1].map(axis => Math.max(...sizes.map(size => size[axis])));
  const parts = [
    ...stage.crops.map(({ value, spans }) => ({ value, spans })),
    ...stage.nodes.flatMap(({ node, spans }) => node.outputs.map(value => ({ value, spans }))),
  ];
  const elements = parts.map(({ value, spans }) => {
    const [height, width] = sizeOfPart(spans, [tall, wide]);
    return (dimsOf(graph, value)[1] ?? 0) * height * width;
  });
  return Math.max(...elements);
}
