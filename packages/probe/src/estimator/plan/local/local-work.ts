import {
  localGraph,
  operatorOf,
  type ImageInput,
  type Inference,
  type Model,
  type Node,
} from '@nads/onnx';
import { fittingImages } from '../batch-size.js';
import type { Drawing } from '../subnetwork.js';
import { cheapestWay } from './cheapest-way.js';
import type { LocalPlan } from './local-plan.js';
import { placeTables } from './place-table.js';
import { plannedPieces } from './planned-pieces.js';
import type { ProbeBoxes } from './probe-boxes.js';
import { settingOf } from './setting.js';
import { workOnMaps } from './work-of.js';
import { largestValue, macsOfWay } from './work-of-way.js';

/** A network from images to what is probed. */
export interface ProbedBody extends Drawing {
  readonly network: Model;
  readonly image: ImageInput;
  /** Of a few images; other values may be among it. */
  readonly inference: Inference;
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

/** Local nodes of networks that ways are sought for: the search takes milliseconds for each, and people's have fewer. */
const mostSearched = 1024;

/** Images in a run that stages are chosen for; how many there will be follows from the choice. */
const usualBatch = 64;

/**
 * How a network is run on boxes of its maps, chosen by cost from the graph alone; undefined where whole images are as good,
 * and for networks of very many nodes.
 * @param batch images in one run, where that is chosen; one more where it is odd, since probes come in pairs.
 */
export function localWork(
  body: ProbedBody,
  boxes: ProbeBoxes,
  batch?: number,
): LocalWork | undefined {
  const { network, image, inference } = body;
  const graph = localGraph(network, image, inference);
  if (!graph || graph.nodes.length > mostSearched) return undefined;
  const tables = placeTables(graph, boxes, image);
  const inBatches = (images: number) => settingOf(graph, boxes, tables, 2 * Math.ceil(images / 2));
  const setting = inBatches(batch ?? usualBatch);
  const { way, whole } = cheapestWay(graph, setting);
  if (way.stages.length === 0 || way.cost > (1 - leastSaving) * whole) return undefined;
  const chosen = batch ? setting : inBatches(fittingImages(largestValue(graph, way, setting)));
  const onCrops = way.stages.flatMap(({ nodes }) => nodes.map(({ node }) => node));
  return {
    plan: plannedPieces(graph, way, chosen, body),
    savedMacs: workOnMaps(graph, network.graph.nodes).macs - macsOfWay(graph, way, chosen),
    convolutions: [countConvolutions(onCrops), countConvolutions(network.graph.nodes)],
  };
}

const countConvolutions = (nodes: readonly Node[]): number =>
  nodes.filter(node => operatorOf(node)?.layer === 'convolution').length;
