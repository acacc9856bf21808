import { imageInput, flatModel, type ImageInput } from '@nads/onnx';
import { about } from '../named-error.js';
import type { SourceModel } from '../source-model.js';
import type { StatedPreprocessing } from './choose-preprocessing.js';
import { imageOptions } from './trained-model.js';

/** The images that a model takes, before it is opened. @throws one line that names the model */
export const imageOf = (
  { name, model }: SourceModel,
  preprocessing: readonly StatedPreprocessing[] = [],
): ImageInput => about(name, () => imageInput(flatModel(model), imageOptions(preprocessing)));
