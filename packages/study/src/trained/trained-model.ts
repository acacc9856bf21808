import { formatShape, pixelsOf } from '@nads/basis';
import { preprocess, type Image, type Preprocessing } from '@nads/dataset';
import { OptionError } from '@nads/linalg';
import type { Layout } from '@nads/basis';
import { gradientModel, openGradients, type GradientModel, type GradientRunner } from '@nads/probe';
import type { Runtime } from '@nads/runtime';
import { about } from '../named-error.js';
import type { SourceModel } from '../source-model.js';
import {
  choosePreprocessing,
  preprocessingOfInput,
  type StatedPreprocessing,
} from './choose-preprocessing.js';

/** How a model's own weights and its images are taken. */
export interface TrainedOptions {
  /** Outputs without or with a softmax; logits if not given. */
  readonly of?: 'logits' | 'outputs';
  /** Images in one run. */
  readonly batch?: number;
  /** What is known of the preprocessing; the first that says something of a field wins, the model's input comes last. */
  readonly preprocessing?: readonly StatedPreprocessing[];
}

/** A model with its own weights, ready to be differentiated on real images. */
export interface TrainedModel {
  readonly source: SourceModel;
  readonly runner: GradientRunner;
  readonly image: GradientModel['image'];
  /** What is done to images; they come out as [C, H, W] whatever the model's layout. */
  readonly preprocessing: Preprocessing;
  /** The preprocessing in one line, and where its parts come from. */
  readonly description: string;
}

/** Opens a model for gradients at images. @throws one line that names the model. */
export async function openTrained(
  source: SourceModel,
  options: TrainedOptions,
  runtime: Runtime,
): Promise<TrainedModel> {
  const { name, model } = source;
  const { of = 'logits', batch, preprocessing = [] } = options;
  const derivative = about(name, () =>
    gradientModel(model, { of, batch, ...imageOptions(preprocessing) }),
  );
  const { image } = derivative;
  const chosen = choosePreprocessing([...preprocessing, preprocessingOfInput(image)]);
  return {
    source,
    runner: await about(name, () => openGradients(runtime, derivative)),
    image,
    preprocessing: { ...chosen.preprocessing, layout: 'NCHW' },
    description: chosen.description,
  };
}

/** Size and layout of a model's input as far as the preprocessing says them. */
export function imageOptions(stated: readonly StatedPreprocessing[]): {
  readonly size?: readonly [number, number];
  readonly layout?: Layout;
} {
  const first = <K extends keyof Preprocessing>(key: K): Preprocessing[K] | undefined =>
    stated.find(({ fields }) => fields[key] !== undefined)?.fields[key];
  return { size: first('size'), layout: first('layout') };
}

/**
 * Pictures as the model takes them: [n × C·H·W].
 * @throws OptionError where they do not come out as the model's input.
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
  throw new OptionError(
    'size',
    `${nameOf(0)} is ${shape.slice(1).join('×')} after preprocessing, the model takes ${formatShape(image)}; set \`size\`, or give images of these channels`,
  );
}
