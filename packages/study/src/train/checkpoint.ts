import type { State, TrainingPosition } from '@nads/train';
import type { EpochRecord } from './history-codec.js';
import type { BestWeights } from './training.js';

/** State of a training. */
export interface Checkpoint {
  readonly position: TrainingPosition;
  /** Of all epochs. */
  readonly steps: number;
  readonly state: State;
  /** The epochs that are done. */
  readonly history: readonly EpochRecord[];
  /** The best weights so far, where these are wanted. */
  readonly best?: BestWeights;
}
