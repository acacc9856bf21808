import { batchDims, imageInput, flatModel } from '@nads/onnx';
import { channelGroups, type Channels } from '@nads/prune';
import { about } from '../named-error.js';
import type { SourceModel } from '../source-model.js';
import { modelOfWeights } from '../trained/model-of-weights.js';
import { imageOptions } from '../trained/trained-model.js';
import type { PruneSettings } from './prune-settings.js';

/** The channels of an image model. @throws one line that names the model where it is none */
export const modelChannels = (source: SourceModel, settings: PruneSettings): Channels =>
  about(source.name, () => {
    const { preprocessing = [] } = settings;
    const model = flatModel(modelOfWeights(source.model, settings));
    const image = imageInput(model, imageOptions(preprocessing));
    return channelGroups(model, { [image.name]: batchDims(image, image.batch ?? 1) });
  });
