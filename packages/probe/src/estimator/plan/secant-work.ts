import type { Basis } from '@nads/basis';
import { inferShapes, macs } from '@nads/onnx';
import { batchSize } from './batch-size.js';
import type { EstimateOptions } from './estimate-options.js';
import type { HeadTreatment } from './head-treatment.js';
import { localWork } from './local/local-work.js';
import { probeBoxes } from './local/probe-boxes.js';
import type { ProbedNetwork } from './probed-network.js';
import { subnetworks } from './subnetworks.js';
import type { Work } from './work.js';

/** The forward passes for secants along a basis. */
export function secantWork(
  probed: ProbedNetwork,
  head: HeadTreatment,
  basis: Basis,
  { batch, local = 'auto', tails = head.kind === 'sampled' ? 1 : undefined }: EstimateOptions,
): Work {
  const { network, dims, images, isFree } = probed;
  const inference = inferShapes(network, dims);
  const { network: body, ...pieces } = subnetworks(probed, 2 * basis.size, isFree ? tails : 1);
  const boxes = isFree && local === 'auto' ? probeBoxes(basis) : undefined;
  const onBoxes = boxes && localWork({ ...probed, network: body }, boxes, batch);
  return {
    plan: {
      ...pieces,
      ...(onBoxes && { local: onBoxes.plan }),
      batch: isFree ? (batch ?? batchSize(network.graph, inference, images)) : images,
    },
    images: 2 * basis.size,
    macsPerImage: macs(network.graph, inference) / images,
    locality: onBoxes && { savedMacs: onBoxes.savedMacs, convolutions: onBoxes.convolutions },
  };
}
