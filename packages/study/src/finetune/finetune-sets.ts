import { formatShape } from '@nads/basis';
import { subset } from '@nads/dataset';
import { OptionError, Random } from '@nads/linalg';
import { batchDims, type ImageInput } from '@nads/onnx';
import { describeData } from '../describe-data.js';
import { preprocessed } from '../train/preprocessed.js';
import {
  identityOf,
  labelsOf,
  type NamedImages,
  type TrainingSets,
} from '../train/training-sets.js';
import { choosePreprocessing, preprocessingOfInput } from '../trained/choose-preprocessing.js';
import type { ChosenFinetuneSettings } from './finetune-settings.js';

/** Images to fine-tune with. */
export interface FinetuneImages {
  readonly train: NamedImages;
  /** Others to validate on, instead of a share of them. */
  readonly validation?: NamedImages;
}

/** What the images have to fit. */
interface Wanted {
  readonly image: ImageInput;
  readonly classes: number;
  /** The model. */
  readonly name: string;
}

/**
 * Images as a model takes them, in its layout.
 * @throws one line that names the set or the image: without labels, with labels that the model has not, of other sizes
 */
export function finetuneSets(
  given: FinetuneImages,
  { image, classes, name }: Wanted,
  { preprocessing: stated, validation, seed }: ChosenFinetuneSettings,
): TrainingSets {
  const { train, validation: held } = dividedImages(given, validation, seed);
  for (const set of held ? [train, held] : [train]) requireLabels(set, name, classes);
  const chosen = choosePreprocessing([...stated, preprocessingOfInput(image)]);
  const wanted = batchDims(image, 1).slice(1);
  const ready = (set: NamedImages) => {
    const { dims, ...found } = preprocessed(set, chosen.preprocessing);
    if (dims.join() === wanted.join()) return found;
    throw new OptionError(
      'size',
      `${set.images.nameOf(0)} is ${dims.join('×')} after preprocessing, the model takes ${formatShape(image)}; set \`size\`, or give images of these channels`,
    );
  };
  const tested = held ? `; ${held.images.count} images of ${held.name} for validation` : '';
  return {
    sizes: { ...image, classes },
    train: ready(train),
    test: held && ready(held),
    description: `${describeData(train.images)}${tested}\n${chosen.description}`,
    identity: {
      data: train.name,
      ...(given.validation && { 'validation data': given.validation.name }),
      ...identityOf(chosen.preprocessing),
    },
  };
}

/** Images to train with and to validate on: others that are given, or a share of them. @throws OptionError where one part is empty */
export function dividedImages(
  { train, validation }: FinetuneImages,
  share: number | false,
  seed: number,
): FinetuneImages {
  if (validation || share === false) return { train, validation };
  const { images, name } = train;
  const held = Math.round(share * images.count);
  if (held < 1 || held >= images.count)
    throw new OptionError(
      'validation',
      `${100 * share}% of the ${images.count} images of ${name} are ${held}; leave some for each part`,
    );
  const order = Array.from(new Random(seed).fork('validation').permutation(images.count));
  const some = (places: readonly number[]): NamedImages => ({
    name,
    images: subset(
      images,
      places.toSorted((a, b) => a - b),
    ),
  });
  return { train: some(order.slice(held)), validation: some(order.slice(0, held)) };
}

function requireLabels(set: NamedImages, model: string, classes: number): void {
  const strange = labelsOf(set).findIndex(label => label < 0 || label >= classes);
  if (strange < 0) return;
  const { name, images } = set;
  throw new Error(
    `${name}: ${images.nameOf(strange)} has label ${images.labels![strange]}, ${model} has classes 0 to ${classes - 1}; give images of these classes`,
  );
}
