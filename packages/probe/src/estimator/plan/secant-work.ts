import { inferShapes, macs } from '@nads/onnx';
import { batchSize } from './batch-size.js';
import type { EstimateOptions } from './estimate-options.js';
import type { HeadTreatment } from './head-treatment.js';
import type { ProbedNetwork } from './probed-network.js';
import { subnetworks } from './subnetworks.js';
import type { Work } from './work.js';

/** The forward passes for secants along so many directions. */
export function secantWork(
  probed: ProbedNetwork,
  head: HeadTreatment,
  directions: number,
  { batch, tails = head.kind === 'sampled' ? 1 : undefined }: EstimateOptions,
): Work {
  const { network, dims, images, isFree } = probed;
  const inference = inferShapes(network, dims);
  return {
    plan: {
      ...subnetworks(probed, 2 * directions, isFree ? tails : 1),
      batch: isFree ? (batch ?? batchSize(network.graph, inference, images)) : images,
    },
    images: 2 * directions,
    macsPerImage: macs(network.graph, inference) / images,
  };
}
