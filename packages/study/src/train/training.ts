import type { Model } from '@nads/onnx';
import type { Architecture } from '@nads/train';
import type { EpochRecord } from './history-codec.js';

/** What will be done. */
export interface TrainPlan {
  readonly architecture: Architecture;
  /** Name and backend of what trains. */
  readonly engine: string;
}

/** A network that was trained. */
export interface Training extends TrainPlan {
  /** In evaluation mode, with the weights after the last epoch that is done, or of the checkpoint that it went on from. */
  readonly model: Model;
  /** The epochs that are done. */
  readonly history: readonly EpochRecord[];
  /** Epochs that were wanted. */
  readonly epochs: number;
}
