import { batchDims, inferShapes, macs, type Draw, type ImageInput, type Model } from '@nads/onnx';
import { batchSize } from './batch-size.js';
import { subnetworks } from './subnetworks.js';
import type { HeadTreatment } from './head-treatment.js';
import type { Plan } from './plan.js';
import type { EstimateOptions } from './prepare.js';

/** A network whose weights are drawn, cut where its values are wanted. */
export interface DrawnNetwork {
  readonly network: Model;
  readonly draws: readonly Draw[];
  readonly image: ImageInput;
  /** Images that shapes are inferred for: as many as the file says, where its batch is not free. */
  readonly images: number;
  readonly isFree: boolean;
}

/** What is run for each network, and how often. */
export interface Work {
  readonly plan: Pick<Plan, 'body' | 'tail' | 'batch'>;
  /** Images for each network and point. */
  readonly images: number;
  /** Multiply–accumulates of one image. */
  readonly macsPerImage: number;
}

/** The forward passes for secants along so many directions. */
export function secantWork(
  { network, draws, image, images, isFree }: DrawnNetwork,
  head: HeadTreatment,
  directions: number,
  { batch, tails = head.kind === 'sampled' ? 1 : undefined }: EstimateOptions,
): Work {
  const inference = inferShapes(network, { [image.name]: batchDims(image, images) });
  return {
    plan: {
      ...subnetworks(network, draws, image, 2 * directions, isFree ? tails : 1),
      batch: isFree ? (batch ?? batchSize(network.graph, inference, images)) : images,
    },
    images: 2 * directions,
    macsPerImage: macs(network.graph, inference) / images,
  };
}
