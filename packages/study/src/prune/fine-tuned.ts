import type { Channels } from '@nads/prune';
import { finetune } from '../finetune/finetune.js';
import type { EpochRecord } from '../train/history-codec.js';
import { channelsOf, type Pruning } from './pruning.js';

/** A network after some epochs of training, and how they went; as it is after none. */
export async function fineTuned(
  { source, settings, images, environment }: Pruning,
  channels: Channels,
  epochs: number,
): Promise<{ readonly channels: Channels; readonly history: readonly EpochRecord[] }> {
  if (epochs === 0) return { channels, history: [] };
  const { learningRate, weightDecay, trainBatch, batchNorm, seed, preprocessing } = settings;
  const { model, history } = await finetune(
    { ...source, model: channels.model },
    { train: images!.train },
    {
      epochs,
      learningRate,
      weightDecay,
      batch: trainBatch,
      batchNorm,
      seed,
      preprocessing,
      validation: false,
    },
    { ...environment, store: undefined },
  );
  environment.signal?.throwIfAborted();
  return { channels: channelsOf(model, settings), history };
}
