import { batchDims, imageInput, inlineFunctions } from '@nads/onnx';
import { channelGroups, type Channels } from '@nads/prune';
import { about } from '../named-error.js';
import type { SourceModel } from '../source-model.js';
import { imageOptions } from '../trained/trained-model.js';
import type { PruneSettings } from './prune-settings.js';

/** The channels of an image model. @throws one line that names the model where it is none */
export const modelChannels = (
  source: SourceModel,
  { preprocessing = [] }: PruneSettings,
): Channels =>
  about(source.name, () => {
    const model = inlineFunctions(source.model);
    const image = imageInput(model, imageOptions(preprocessing));
    return channelGroups(model, { [image.name]: batchDims(image, image.batch ?? 1) });
  });
