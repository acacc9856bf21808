import type { Runtime } from '@nads/runtime';
import { cellPrefix } from '@nads/train/cells';
import { train } from '../train/train.js';
import type { TrainSettings } from '../train/train-settings.js';
import type { TrainingSets } from '../train/training-sets.js';
import type { CellSource } from './search.js';

/** Test accuracies in % of cells that are trained. @throws where there are no images to test with */
export function trainedCells(
  sets: TrainingSets,
  settings: TrainSettings,
  runtime: Runtime,
): CellSource {
  if (!sets.test) throw new Error('cells are compared on test images; give `testData`');
  const {
    epochs = 20,
    rate = 0.5,
    batch = 128,
    momentum = 0,
    weightDecay = 0,
    seed = 0,
  } = settings;
  return {
    accuracyOf: async (cell, signal) => {
      const { history } = await train(`${cellPrefix}${cell}`, sets, settings, { runtime, signal });
      signal?.throwIfAborted();
      return history.at(-1)!.testAccuracy!;
    },
    accuracy: `test accuracy after ${epochs} epoch(s)`,
    identity: {
      ...sets.identity,
      epochs,
      rate,
      batch,
      momentum,
      weightDecay,
      'seed of weights': seed,
    },
  };
}
