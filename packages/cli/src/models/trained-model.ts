import { preprocess, type Image, type Preprocessing } from '@nads/dataset';
import { gradientModel, GradientRunner, pixelsOf, type GradientModel } from '@nads/probe';
import { nodeRuntime } from '@nads/runtime/node';
import {
  choosePreprocessing,
  preprocessingOfInput,
  type PreprocessingFlags,
} from '../images/preprocessing-options.js';
import { explain, explainLater } from '../messages/explain.js';
import { loadModel, type LoadedModel } from './load-model.js';

/** What a model's own weights and its images are taken as. */
export interface TrainedOptions extends PreprocessingFlags {
  readonly of: 'logits' | 'outputs';
  readonly batch?: number;
}

/** A model with its own weights, ready to be differentiated at real images. */
export interface TrainedModel {
  readonly loaded: LoadedModel;
  readonly runner: GradientRunner;
  readonly image: GradientModel['image'];
  /** What is done to images; they come out as [C, H, W] whatever the model's layout. */
  readonly preprocessing: Preprocessing;
  /** The preprocessing in one line, and where its parts come from. */
  readonly description: string;
}

/** Opens a model for gradients at images. @throws one line that names the file. */
export async function openTrained(file: string, options: TrainedOptions): Promise<TrainedModel> {
  const loaded = loadModel(file);
  const stated = choosePreprocessing(file, options).preprocessing;
  const layout = options.layout ?? (stated.layout === 'NHWC' ? 'NHWC' : undefined);
  const derivative = explain(file, () =>
    gradientModel(loaded.model, { ...options, size: stated.size, layout }),
  );
  const { image } = derivative;
  const chosen = choosePreprocessing(file, options, preprocessingOfInput(image));
  const session = await explainLater(file, () => nodeRuntime.createSession(derivative.model));
  return {
    loaded,
    runner: await explainLater(file, () => GradientRunner.open(session, derivative)),
    image,
    preprocessing: { ...chosen.preprocessing, layout: 'NCHW' },
    description: chosen.description,
  };
}

/**
 * Pictures as the model takes them: [n × C·H·W].
 * @throws where they do not come out as the model's input.
 */
export function prepareImages(
  { image, preprocessing }: Pick<TrainedModel, 'image' | 'preprocessing'>,
  images: readonly Image[],
  nameOf: (index: number) => string,
): Float32Array {
  const { shape, data } = preprocess(images, preprocessing, nameOf);
  const wanted = [image.channels, image.height, image.width];
  if (shape.slice(1).join() === wanted.join() && data.length === images.length * pixelsOf(image))
    return data;
  throw new Error(
    `${nameOf(0)}: ${shape.slice(1).join('×')} after preprocessing, the model takes ${wanted.join('×')}; give --size, or images of these channels`,
  );
}
