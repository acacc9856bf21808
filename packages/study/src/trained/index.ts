export {
  choosePreprocessing,
  preprocessingOfInput,
  type ChosenPreprocessing,
  type StatedPreprocessing,
} from './choose-preprocessing.js';
export { imageOf } from './image-of.js';
export {
  imageOptions,
  openTrained,
  prepareImages,
  type TrainedModel,
  type TrainedOptions,
} from './trained-model.js';
