import type { Architecture, MeasureDecay } from '@nads/train';
import type { Identity } from '../identity.js';
import type { ScheduleName } from './schedule-of.js';

/** Settings of a training. */
export interface TrainSettings {
  /** One ONNX graph per step, or TensorFlow.js; `onnx` if not given. */
  readonly engine?: 'onnx' | 'tfjs';
  /** `sgd` if not given. */
  readonly optimizer?: 'sgd' | 'adam';
  /** How the learning rate changes from step to step; `linear`, down to 0, if not given. */
  readonly schedule?: ScheduleName;
  /** Initial learning rate; 0.5 if not given. */
  readonly rate?: number;
  /** Of SGD, from 0 up to 1; 0 if not given. */
  readonly momentum?: number;
  /** L2 penalty: this times the weights is added to the gradients; 0 if not given. */
  readonly weightDecay?: number;
  /** λ of a penalty λ/2 Σ(M − T)² on learnt measures, in place of the L2 penalty; that one if not given. */
  readonly measureDecay?: number;
  /** T: the measure of the inner product if not given. */
  readonly measureTowards?: MeasureDecay['towards'];
  /** Global gradient norm to clip to. */
  readonly clip?: number;
  /** Passes over the training images; 20 if not given. */
  readonly epochs?: number;
  /** Batch size; 128 if not given. */
  readonly batch?: number;
  /** False removes all downsampling: pooling, strides, spatial averages. */
  readonly pooling?: boolean;
  /** Of weights, order and dropout. */
  readonly seed?: number;
  /** Of the onnx engine. */
  readonly threads?: number;
  /** Continue from the checkpoint in the store. */
  readonly resume?: boolean;
}

/** Defaults. */
const usual = {
  engine: 'onnx',
  optimizer: 'sgd',
  schedule: 'linear',
  rate: 0.5,
  momentum: 0,
  weightDecay: 0,
  measureTowards: 'inner-product',
  epochs: 20,
  batch: 128,
  pooling: true,
  seed: 0,
} as const;

/** Settings with all defaults filled in. */
export type ChosenSettings = TrainSettings & Required<Pick<TrainSettings, keyof typeof usual>>;

/** Settings with defaults filled in. */
export const chosenSettings = (settings: TrainSettings): ChosenSettings => ({
  ...usual,
  ...Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)),
});

/** All settings that weights depend on, beside the images. */
export const identityOf = (architecture: Architecture, chosen: ChosenSettings): Identity => ({
  architecture: architecture.name,
  pooling: chosen.pooling,
  optimizer: chosen.optimizer,
  schedule: chosen.schedule,
  rate: chosen.rate,
  momentum: chosen.momentum,
  weightDecay: chosen.weightDecay,
  ...(chosen.measureDecay !== undefined && {
    measureDecay: chosen.measureDecay,
    measureTowards: chosen.measureTowards,
  }),
  ...(chosen.clip !== undefined && { clip: chosen.clip }),
  epochs: chosen.epochs,
  batch: chosen.batch,
  seed: chosen.seed,
});
