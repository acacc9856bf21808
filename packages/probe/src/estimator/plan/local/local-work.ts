import {
  inferShapes,
  localGraph,
  operatorOf,
  restFrom,
  restModel,
  sizeOf,
  stageModel,
  type Draw,
  type ImageInput,
  type LocalGraph,
  type Model,
  type Node,
  type Stage,
} from '@nads/onnx';
import { fittingImages } from '../batch-size.js';
import { drawnModel } from '../subnetwork.js';
import { boxSizes, cheapestWay, type Setting, type Way } from './choose-stages.js';
import { restCost } from './cost.js';
import { directionOrder } from './direction-order.js';
import type { LocalPlan, MapShape } from './local-plan.js';
import { placeTables, rangesOf } from './place-table.js';
import type { ProbeBoxes } from './probe-boxes.js';
import { sampledBatches } from './sampled-batches.js';
import { dimsOf, sizeOfPart, workOfStage, workOnMaps } from './work-of.js';

/** A network from images to what is probed. */
export interface ProbedBody {
  readonly network: Model;
  readonly draws: readonly Draw[];
  readonly image: ImageInput;
  /** Dims of a few images by the name of their input. */
  readonly dims: Readonly<Record<string, readonly number[]>>;
}

/** What running a network on boxes of its maps saves. */
export interface Locality {
  /** Multiply–accumulates that are saved for each image. */
  readonly savedMacs: number;
  /** Convolutions that are run on crops, of all. */
  readonly convolutions: readonly [onCrops: number, all: number];
}

/** How a network is run on boxes of its maps, and what that saves. */
export interface LocalWork extends Locality {
  readonly plan: LocalPlan;
}

/** What is saved at least; less than this is not worth the while. */
const leastSaving = 0.1;

/** Images in a run that stages are chosen for; how many there will be follows from the choice. */
const usualBatch = 64;

/**
 * How a network is run on boxes of its maps, chosen by cost from the graph alone; undefined where whole images are as good.
 * @param batch images in one run, where that is chosen.
 */
export function localWork(
  { network, draws, image, dims }: ProbedBody,
  boxes: ProbeBoxes,
  batch?: number,
): LocalWork | undefined {
  const graph = localGraph(network, image, inferShapes(network, dims));
  if (!graph) return undefined;
  const tables = placeTables(graph, boxes, image);
  const inBatches = (images: number): Setting => {
    const order = directionOrder(graph, boxes, tables, images / 2);
    const batches = sampledBatches(boxes, order, images / 2);
    return { tables, boxes, order, batches, batch: images, probes: 2 * boxes.tops.length };
  };
  const setting = inBatches(batch ?? usualBatch);
  const way = cheapestWay(graph, setting);
  const whole = restCost(graph, restFrom(graph, 0), setting);
  if (way.stages.length === 0 || way.cost > (1 - leastSaving) * whole) return undefined;
  const chosen = batch ? setting : inBatches(fittingImages(largestValue(graph, way, setting)));
  return {
    plan: planOf(graph, way, chosen, draws),
    savedMacs: workOnMaps(graph, network.graph.nodes).macs - macsOf(graph, way, chosen),
    convolutions: [
      convolutions(way.stages.flatMap(({ nodes }) => nodes.map(({ node }) => node))),
      convolutions(network.graph.nodes),
    ],
  };
}

function planOf(
  graph: LocalGraph,
  { stages, end }: Way,
  { tables, boxes, order, batch }: Setting,
  draws: readonly Draw[],
): LocalPlan {
  const rest = restFrom(graph, end);
  const names = [graph.source, ...stages.flatMap(({ outputs }) => outputs)];
  const shape = (name: string) => dimsOf(graph, name).slice(1) as readonly number[] as MapShape;
  return {
    stages: stages.map(stage => ({
      ...drawnModel(stageModel(graph, stage), draws),
      crops: stage.crops,
      outputs: stage.outputs,
      rows: rangesOf(tables[0], stage.outputs),
      columns: rangesOf(tables[1], stage.outputs),
    })),
    rest: {
      ...drawnModel(restModel(graph, rest), draws),
      crops: rest.crops,
      output: graph.model.graph.outputs[0].name,
    },
    source: graph.source,
    maps: Object.fromEntries(names.map(name => [name, shape(name)])),
    boxes,
    order,
    batch,
  };
}

/** Elements of the largest value that a run holds for each image. */
function largestValue(graph: LocalGraph, { stages, end }: Way, setting: Setting): number {
  const rest = restFrom(graph, end);
  const images = dimsOf(graph, graph.source)[0];
  const inputs = rest.crops.map(({ value }) => value);
  const whole = [...inputs, ...rest.nodes.flatMap(({ outputs }) => outputs)].map(
    name => sizeOf(dimsOf(graph, name)) / images,
  );
  return Math.max(1, ...whole, ...stages.map(stage => largestIn(graph, stage, setting)));
}

function largestIn(graph: LocalGraph, stage: Stage, setting: Setting): number {
  const sizes = boxSizes(stage, setting);
  const most = [0, 1].map(axis => Math.max(...sizes.map(size => size[axis])));
  const parts = [
    ...stage.crops.map(({ value, spans }) => [value, spans] as const),
    ...stage.nodes.flatMap(({ node, spans }) => node.outputs.map(name => [name, spans] as const)),
  ];
  const elements = parts.map(([name, spans]) => {
    const [height, width] = sizeOfPart(spans, [most[0], most[1]]);
    return (dimsOf(graph, name)[1] ?? 0) * height * width;
  });
  return Math.max(...elements);
}

function macsOf(graph: LocalGraph, { stages, end }: Way, setting: Setting): number {
  const onMaps = workOnMaps(graph, restFrom(graph, end).nodes).macs;
  const onBoxes = stages.map(stage => {
    const macs = boxSizes(stage, setting).map(size => workOfStage(graph, stage, size).macs);
    return macs.reduce((a, b) => a + b, 0) / macs.length;
  });
  return onBoxes.reduce((a, b) => a + b, onMaps);
}

const convolutions = (nodes: readonly Node[]): number =>
  nodes.filter(node => operatorOf(node)?.layer === 'convolution').length;
