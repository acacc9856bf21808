import { writeModel } from '@nads/onnx';
import { sizeWithout, type Channels } from '@nads/prune';
import { evaluate, type Quality } from './evaluate.js';
import { analysedOf, type Pruning } from './pruning.js';
import type { PrunedState } from './pruned.js';
import { timeRuns } from './time-runs.js';

/** A network, and how many of the channels that could be removed at first it has. */
export interface Counted {
  readonly channels: Channels;
  readonly count: number;
}

/** Sizes, times and quality of networks; the first one is that of the file. */
export async function statesOf(
  pruning: Pruning,
  networks: readonly Counted[],
): Promise<PrunedState[]> {
  const { feeds, environment, source } = pruning;
  const models = networks.map(({ channels }) => channels.model);
  const times = await timeRuns(models, feeds, environment.runtime);
  const states: PrunedState[] = [];
  for (const [i, { channels, count }] of networks.entries())
    states.push({
      ...sizeWithout(channels, []),
      bytes: i === 0 ? source.bytes : writeModel(channels.model).length,
      channels: count,
      milliseconds: times[i],
      quality: await qualityOf(pruning, channels),
    });
  return states;
}

/** How good a network is on images that it was not trained with, where there are such; undefined without any. */
export async function qualityOf(
  { validation, settings, environment }: Pruning,
  channels: Channels,
): Promise<Quality | undefined> {
  if (!validation) return undefined;
  const network = analysedOf(channels, settings);
  const { loss, accuracy, images } = await evaluate(
    network,
    validation.batches,
    environment.runtime,
  );
  return { loss, accuracy, images, data: validation.name };
}

/** Channels that can be removed. */
export const channelCount = ({ groups }: Channels): number =>
  groups.reduce((sum, { channels }) => sum + channels.length, 0);
