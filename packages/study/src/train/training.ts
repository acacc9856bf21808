import type { Model } from '@nads/onnx';
import type { Architecture, State } from '@nads/train';
import type { EpochRecord } from './history-codec.js';

/** What will be done. */
export interface TrainPlan {
  readonly architecture: Architecture;
  /** Name and backend of what trains. */
  readonly engine: string;
}

/** What came of a training. */
export interface Trained {
  /** In evaluation mode, with the weights after the last epoch that is done, or of the checkpoint that it went on from. */
  readonly model: Model;
  /** The epochs that are done. */
  readonly history: readonly EpochRecord[];
  /** Epochs that were wanted. */
  readonly epochs: number;
  /** The weights that the model has, where they are to be the best ones instead. */
  readonly best?: BestWeights;
}

/** Weights that were the best on test images so far. */
export interface BestWeights {
  /** After this one, from 0 on; −1 before the first step. */
  readonly epoch: number;
  /** Of the test images, in percent. */
  readonly accuracy: number;
  /** Weights and averages. */
  readonly state: State;
}

/** A network that was trained. */
export interface Training extends TrainPlan, Trained {}
