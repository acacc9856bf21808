export { train, type TrainEnvironment } from './train.js';
export type { Training, TrainPlan } from './training.js';
export type { TrainSettings } from './train-settings.js';
export { nothingLearnt } from './nothing-learnt.js';
export { readHistory, trainingFiles } from './training-files.js';
export {
  setsAlong,
  setsOf,
  type AlongSettings,
  type NamedImages,
  type TrainingSets,
} from './training-sets.js';
export type { EpochRecord } from './history-codec.js';
export { checkpointFile, checkpointSchema } from './checkpoint-codec.js';
export { freshModel, type FreshSettings } from './fresh-model.js';
