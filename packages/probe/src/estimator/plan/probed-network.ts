import {
  inferShapes,
  logits,
  macs,
  sizeOf,
  trunk,
  type Head,
  type Inference,
  type Init,
  type Model,
} from '@nads/onnx';
import type { FreshArchitecture } from './fresh-architecture.js';
import type { ImageBatch } from './image-batch.js';
import { requireSpread } from './require-spread.js';
import type { Drawing } from './subnetwork.js';
import type { TreatedHead } from './treated-head.js';

/** The part of an architecture that is probed, and the weights in it that are drawn. */
export interface ProbedNetwork extends Drawing, Pick<ImageBatch, 'image' | 'images' | 'dims'> {
  /** Up to the features of the last layer where that is marginalised, else up to the logits. */
  readonly network: Model;
  /** Of the network, for `images` images. */
  readonly inference: Inference;
  readonly init: Init;
  /** Whether a run may take any number of images. */
  readonly isFree: boolean;
}

/** Cuts an architecture where its values are wanted. @throws OptionError where a layer would get no spread. */
export function probedNetwork(
  { architecture, init }: FreshArchitecture,
  { head, treatment }: TreatedHead,
  { image, images, dims, batch }: ImageBatch,
): ProbedNetwork {
  const network =
    treatment.kind === 'marginalised'
      ? trunk(architecture.model, head as Head)
      : logits(architecture.model, head);
  const draws = architecture.draws.filter(draw => network.graph.initializers.has(draw.name));
  requireSpread(draws, init);
  const inference = inferShapes(network, dims);
  const isFree = batch.obstacle === undefined;
  const isQuick = macsOnPixels(network, inference, image.name, images) < quick;
  return { network, inference, draws, isQuick, init, image, images, dims, isFree };
}

/** Multiply–accumulates of one network below which WebAssembly spends as much on making its sessions: it does some 10⁹ a second. */
const quick = 1e10;

/** Of both probes along every pixel. @param images of the inference */
function macsOnPixels(
  { graph }: Model,
  inference: Inference,
  image: string,
  images: number,
): number {
  const pixels = sizeOf(inference.get(image)?.dims ?? []) / images;
  return 2 * pixels * (macs(graph, inference) / images);
}
