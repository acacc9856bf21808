import type { Model } from '@nads/onnx';
import type { ChannelGroup, Channels, NetworkSize, WholeGroup } from '@nads/prune';
import type { SourceModel } from '../source-model.js';
import type { EpochRecord } from '../train/history-codec.js';
import type { Quality } from './evaluate.js';
import type { AllPruneSettings } from './prune-settings.js';

/** A network before or after. */
export interface PrunedState extends NetworkSize {
  /** Of the file. */
  readonly bytes: number;
  /** Channels that can be removed. */
  readonly channels: number;
  /** Milliseconds that onnxruntime takes for one minibatch, or for one image without data, on one thread. */
  readonly milliseconds: number;
  /** On the images, where there are any. */
  readonly quality?: Quality;
}

/** A group of channels, and how many are left of it. */
export interface PrunedGroup {
  readonly group: ChannelGroup;
  readonly left: number;
}

/** Fine-tuning after a round. */
export interface TunedRound {
  /** From 1 on. */
  readonly round: number;
  readonly history: readonly EpochRecord[];
}

/** A model without some of its channels. */
export interface Pruned {
  readonly source: SourceModel;
  readonly settings: AllPruneSettings;
  readonly description?: string;
  readonly model: Model;
  /** Of the model as it was. */
  readonly channels: Channels;
  readonly before: PrunedState;
  readonly after: PrunedState;
  /** After fine-tuning what was left in the end. */
  readonly tuned?: PrunedState;
  /** Fine-tuning between rounds and after the last. */
  readonly training: readonly TunedRound[];
  readonly groups: readonly PrunedGroup[];
  /** Groups that cannot be pruned. */
  readonly whole: readonly WholeGroup[];
  /** Importance of every channel of every group before anything is removed. */
  readonly importance: readonly Float64Array[];
  /** How far outputs are from those of the model with the weights of removed channels at 0, relative to the largest. */
  readonly difference: number;
  readonly runtime: string;
}
