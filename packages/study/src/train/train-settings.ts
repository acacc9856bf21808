import type { Architecture } from '@nads/train';
import type { Identity } from '../identity.js';

/** What can be chosen about a training. */
export interface TrainSettings {
  /** One ONNX graph a step, or TensorFlow.js; `onnx` if not given. */
  readonly engine?: 'onnx' | 'tfjs';
  /** `sgd` if not given. */
  readonly optimizer?: 'sgd' | 'adam';
  /** How the learning rate changes from step to step; `linear`, down to 0, if not given. */
  readonly schedule?: 'constant' | 'linear' | 'cosine' | 'step';
  /** Learning rate of the first step; 0.5 if not given. */
  readonly rate?: number;
  /** Of SGD, from 0 up to 1; 0 if not given. */
  readonly momentum?: number;
  /** Added to gradients as that share of weights; 0 if not given. */
  readonly weightDecay?: number;
  /** The norm of all gradients together is cut down to this. */
  readonly clip?: number;
  /** How often each image is seen; 20 if not given. */
  readonly epochs?: number;
  /** Images in a step; 128 if not given. */
  readonly batch?: number;
  /** False leaves out whatever makes the image smaller: poolings, strides, averages over space. */
  readonly pooling?: boolean;
  /** Of weights, order and dropout. */
  readonly seed?: number;
  /** Of the onnx engine. */
  readonly threads?: number;
  /** Go on from the checkpoint in the store. */
  readonly resume?: boolean;
}

/** What is taken where nothing is said. */
const usual = {
  engine: 'onnx',
  optimizer: 'sgd',
  schedule: 'linear',
  rate: 0.5,
  momentum: 0,
  weightDecay: 0,
  epochs: 20,
  batch: 128,
  pooling: true,
  seed: 0,
} as const;

/** Settings that are all said. */
export type ChosenSettings = TrainSettings & Required<Pick<TrainSettings, keyof typeof usual>>;

/** Settings with what is taken where nothing is said. */
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
  ...(chosen.clip !== undefined && { clip: chosen.clip }),
  epochs: chosen.epochs,
  batch: chosen.batch,
  seed: chosen.seed,
});
