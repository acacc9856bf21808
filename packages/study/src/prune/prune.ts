import type { LabelledImages } from '@nads/dataset';
import type { Channels } from '@nads/prune';
import type { Environment } from '../environment.js';
import { about } from '../named-error.js';
import type { SourceModel } from '../source-model.js';
import { fineTuned } from './fine-tuned.js';
import { openPruning, type Pruning } from './pruning.js';
import type { Pruned } from './pruned.js';
import { pruneSettings, requireGoal, type PruneSettings } from './prune-settings.js';
import { groupsLeft, totalLeft } from './left.js';
import { removeInRounds } from './rounds.js';
import { channelCount, statesOf } from './states.js';

/**
 * Removes the channels of a model that matter least, in rounds, and trains what is left where that is asked for.
 * @param images with labels; undefined for criteria of weights alone.
 * @throws the signal's reason once it is aborted; OptionError for options that do not fit; one line that names the model where it
 * cannot be pruned
 */
export async function prune(
  source: SourceModel,
  images: LabelledImages | undefined,
  given: PruneSettings,
  environment: Environment,
): Promise<Pruned> {
  const settings = pruneSettings(given, images !== undefined);
  requireGoal(settings);
  return about(source.name, async () =>
    pruned(await openPruning(source, images, settings, environment)),
  );
}

async function pruned(pruning: Pruning): Promise<Pruned> {
  const { source, settings, original, data, environment } = pruning;
  requireChannels(original);
  const rounds = await removeInRounds(pruning);
  const { channels: last, importance, training, difference, left } = rounds;
  const { channels: trained, history } = await fineTuned(pruning, last, settings.fineTune);
  const isTuned = history.length > 0;
  const count = totalLeft(left);
  const [before, after, tuned] = await statesOf(pruning, [
    { channels: original, count: channelCount(original) },
    { channels: last, count },
    ...(isTuned ? [{ channels: trained, count }] : []),
  ]);
  return {
    source,
    settings,
    description: data?.description,
    model: trained.model,
    channels: original,
    before,
    after,
    tuned,
    training: isTuned ? [...training, { round: settings.rounds, history }] : training,
    groups: groupsLeft(original, left),
    whole: original.whole,
    importance,
    difference,
    runtime: environment.runtime.name,
  };
}

/** @throws where a network has no channels that can go. */
function requireChannels({ groups, whole }: Channels): void {
  if (groups.some(({ channels }) => channels.length > 1)) return;
  const reasons = [...new Set(whole.map(({ reason }) => reason))];
  throw new Error(
    `it has no channels that can be removed${reasons.length > 0 ? `: ${reasons.join('; ')}` : ''}`,
  );
}
