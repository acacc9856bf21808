import type { Layout } from '@nads/basis';
import { upgradeOpset, type ImageInput, type Model } from '@nads/onnx';
import { ownNetwork, supportedModel } from '@nads/probe';
import type { Channels } from '../channels/channel-groups.js';
import { filtersOf, type Filters } from './filters.js';

/** A network up to its logits, and its filters. */
export interface AnalysedNetwork {
  readonly network: Model;
  readonly image: ImageInput;
  /** The value that holds the logits [N, classes]. */
  readonly output: string;
  /** Images in one run, where the file leaves no other number. */
  readonly fixedBatch?: number;
  readonly filters: readonly Filters[];
}

/**
 * Prepares an image model for derivatives.
 * @throws where it is not a float32 image model, naming what is in the way.
 */
export function analysedNetwork(
  channels: Channels,
  options: { readonly size?: readonly [number, number]; readonly layout?: Layout } = {},
): AnalysedNetwork {
  const own = ownNetwork(supportedModel(channels.model), { of: 'logits', ...options });
  const network = upgradeOpset(own.network);
  const known = new Set(network.graph.nodes.flatMap(({ outputs }) => outputs));
  return {
    network,
    image: own.image,
    output: own.output,
    fixedBatch: own.obstacle === undefined ? undefined : own.images,
    filters: removable(channels).filter(({ value }) => known.has(value)),
  };
}

/** The filters whose channels can be removed. */
function removable(channels: Channels): Filters[] {
  const keyOf = (name: string, axis: number): string => `${axis}:${name}`;
  const free = new Set(
    channels.groups.flatMap(({ entries }) =>
      entries.map(({ initializer, axis }) => keyOf(initializer, axis)),
    ),
  );
  return filtersOf(channels).filter(({ weight, weightAxis }) =>
    free.has(keyOf(weight, weightAxis)),
  );
}
