import type { Basis } from '@nads/basis';
import { OptionError } from '@nads/linalg';
import { macs } from '@nads/onnx';
import { alongSome } from './along-some.js';
import { batchSize } from './batch-size.js';
import type { EstimateOptions } from './estimate-options.js';
import { furtherNetworksOf } from './further-networks-of.js';
import { isLong } from './is-long.js';
import { localWork, type LocalWork } from './local/local-work.js';
import { probeBoxes } from './local/probe-boxes.js';
import type { PlanSettings } from './plan-settings.js';
import type { ProbedNetwork } from './probed-network.js';
import { requireFreeBatch } from './require-free-batch.js';
import { subnetworks } from './subnetworks.js';
import type { Work } from './work.js';

/** The forward passes for secants along a basis. */
export function secantWork(
  probed: ProbedNetwork,
  settings: PlanSettings,
  basis: Basis,
  options: EstimateOptions,
): Work {
  const { network, inference, images, isFree } = probed;
  const { batch, tails = settings.head.kind === 'sampled' ? 1 : undefined } = options;
  requireFreeBatch(probed, options.batch);
  const { network: body, ...pieces } = subnetworks(probed, 2 * basis.size, isFree ? tails : 1);
  if (tails !== undefined && tails > 1 && !pieces.tail)
    throw new OptionError(
      'tails',
      'no layers after the last convolution can be drawn by themselves; leave it out',
    );
  const onCrops = (along: Basis): LocalWork | undefined =>
    workOnCrops({ ...probed, network: body }, along, options);
  const local = onCrops(basis);
  const further = furtherNetworksOf(probed, settings, options);
  const localFurther = further && onCrops(alongSome(basis, further.directions));
  return {
    plan: {
      ...pieces,
      ...(local && { local: local.plan }),
      ...(further && { further: { ...further, local: localFurther?.plan } }),
      batch: isFree ? (batch ?? batchSize(network.graph, inference, images)) : images,
    },
    images: 2 * (basis.size + (further ? further.count * further.directions.length : 0)),
    macsPerImage: macs(network.graph, inference) / images,
    locality: local && { savedMacs: local.savedMacs, convolutions: local.convolutions },
  };
}

/** How a network is run on crops along a basis, where that is wanted and saves something. */
function workOnCrops(
  probed: ProbedNetwork,
  basis: Basis,
  { batch, local = 'auto' }: EstimateOptions,
): LocalWork | undefined {
  const boxes =
    probed.isFree && !isLong(probed.network) && local === 'auto' ? probeBoxes(basis) : undefined;
  return boxes && localWork(probed, boxes, batch);
}
