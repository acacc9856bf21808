import type { TrainingSetup } from './training-service.ts';
import { numbers } from './options.ts';

/** Where NADs come from: options and their defaults. */
export const estimation = {
  nads: ['', 'NADs of one channel for all architectures (default: estimated)'],
  networks: ['12', 'networks that NADs are estimated from'],
} as const;

/** How networks learn images here: options and their defaults. */
export const training = {
  data: [undefined, 'training images, as for nads train: cifar10-train:DIR'],
  'test-data': [undefined, 'test images: cifar10:DIR'],
  epochs: ['30', 'passes over the training images'],
  rate: ['0.05', 'initial learning rate, falling linearly to 0'],
  batch: ['128', 'batch size'],
  mean: ['0.4914,0.4822,0.4465', 'subtracted from pixels'],
  std: ['0.247,0.243,0.261', 'pixels are divided by'],
  workers: ['2', 'networks trained in parallel, on one thread each'],
} as const;

/** What such options say of every network. */
export const trainingSetup = ({
  epochs,
  rate,
  batch,
  mean,
  std,
}: Readonly<Record<'epochs' | 'rate' | 'batch' | 'mean' | 'std', string>>): TrainingSetup => ({
  preprocessing: { mean: numbers(mean), std: numbers(std) },
  settings: {
    epochs: Number(epochs),
    rate: Number(rate),
    batch: Number(batch),
    momentum: 0.9,
    weightDecay: 5e-4,
    threads: 1,
  },
});
