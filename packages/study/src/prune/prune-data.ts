import { pixelPositions, batchOf, pixelsOf } from '@nads/basis';
import type { LabelledImages } from '@nads/dataset';
import { OptionError } from '@nads/linalg';
import type { ImageInput } from '@nads/onnx';
import type { Minibatch } from '@nads/prune';
import { float32, type Value } from '@nads/runtime';
import { choosePreprocessing, preprocessingOfInput } from '../trained/choose-preprocessing.js';
import { prepareImages } from '../trained/trained-model.js';
import type { UnresolvedSettings } from './prune-settings.js';

/** Minibatches as a model takes them. */
export interface PruneData {
  readonly batches: readonly Minibatch[];
  /** The preprocessing in one line, and where its parts come from. */
  readonly description: string;
}

/**
 * The first images of a set in minibatches; the last ones are left out where they are too few for one.
 * @param fixedBatch images in a minibatch where the model leaves no other number.
 * @throws OptionError where there are too few images, or no labels
 */
export function pruneData(
  images: LabelledImages,
  image: ImageInput,
  settings: UnresolvedSettings,
  fixedBatch?: number,
): PruneData {
  const { data, preprocessing: stated } = settings;
  const batch = fixedBatch ?? settings.batch;
  const { labels } = images;
  if (!labels)
    throw new OptionError(
      'data',
      `${data} has no labels, which the loss needs; choose a criterion of weights`,
    );
  if (images.count < batch)
    throw new OptionError(
      'batch',
      `${data} has ${images.count} images, fewer than a batch of ${batch}`,
    );
  const named = choosePreprocessing([...stated, preprocessingOfInput(image)]);
  const preprocessing = { ...named.preprocessing, layout: 'NCHW' as const };
  const count = Math.max(1, Math.floor(Math.min(images.count, settings.images) / batch));
  const batches = Array.from({ length: count }, (_, b): Minibatch => {
    const places = Array.from({ length: batch }, (_, i) => b * batch + i);
    const pictures = places.map(i => images.image(i));
    const pixels = prepareImages({ image, preprocessing }, pictures, i => images.nameOf(places[i]));
    return { images: asInput(image, pixels), labels: places.map(i => labels[i]) };
  });
  return { batches, description: named.description };
}

/** Images [n × C·H·W] as a model's input takes them. */
export function asInput(image: ImageInput, images: Float32Array): Value {
  const positions = pixelPositions(image, image.layout);
  const pixels = pixelsOf(image);
  const placed = new Float32Array(images.length);
  for (let first = 0; first < images.length; first += pixels)
    positions.forEach((at, pixel) => (placed[first + at] = images[first + pixel]));
  return float32(placed, batchOf(images.length / pixels, image, image.layout));
}
