import type { Preprocessing } from '@nads/dataset';
import { service } from '@nads/runtime';
import {
  checkpointFile,
  choosePreprocessing,
  setsOf,
  train,
  type StatedPreprocessing,
  type TrainingSets,
  type TrainSettings,
} from '@nads/study';
import { FolderStore, openData, readPreprocessing } from '@nads/study/node';

/** What all networks of an experiment have in common. */
export interface TrainingSetup {
  readonly preprocessing: Partial<Preprocessing>;
  readonly settings: TrainSettings;
}

/** A network that is trained on a set of images. */
export interface TrainingTask {
  readonly architecture: string;
  /** Images to train and to test with, as `openData` takes them. */
  readonly data: string;
  readonly testData: string;
  readonly seed: number;
  /** What was done is kept here. */
  readonly folder: string;
}

/** Accuracies after the last epoch, in percent. */
export interface Accuracies {
  readonly train: number;
  readonly test: number;
}

/** Networks that are trained on images; one that is done is not done again, one that was stopped goes on. */
export const trainings = service<TrainingSetup, TrainingTask, Accuracies>(async () => ({
  prepare: async ({ preprocessing, settings }, { runtime, signal }) => {
    const setsFor = remembered(preprocessing);
    return async ({ architecture, data, testData, seed, folder }) => {
      const store = new FolderStore(folder);
      const resume = (await store.read(checkpointFile)) !== undefined;
      const sets = setsFor(data, testData);
      const all = { ...settings, seed, resume };
      const { history } = await train(architecture, sets, all, {
        runtime,
        store,
        onProgress: () => signal.throwIfAborted(),
      });
      const { trainAccuracy, testAccuracy } = history[history.length - 1];
      return { train: trainAccuracy, test: testAccuracy! };
    };
  },
}));

/** Sets of images; those that were wanted last are kept, since many networks learn the same. */
function remembered(fields: Partial<Preprocessing>) {
  let last: { readonly data: string; readonly testData: string; readonly sets: TrainingSets };
  return (data: string, testData: string): TrainingSets => {
    if (last?.data !== data || last.testData !== testData)
      last = { data, testData, sets: openSets(data, testData, fields) };
    return last.sets;
  };
}

function openSets(data: string, testData: string, fields: Partial<Preprocessing>): TrainingSets {
  const named = (spec: string) => ({ name: spec, images: openData(spec) });
  const options: StatedPreprocessing = { name: 'from the options', fields };
  const beside = readPreprocessing(data);
  const stated = beside ? [options, beside] : [options];
  return setsOf(named(data), named(testData), choosePreprocessing(stated));
}
