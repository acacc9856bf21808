import { pixelPositions, batchOf, pixelsOf } from '@nads/basis';
import type { LabelledImages } from '@nads/dataset';
import { OptionError } from '@nads/linalg';
import type { ImageInput } from '@nads/onnx';
import type { Minibatch } from '@nads/prune';
import { float32, type Value } from '@nads/runtime';
import type { NamedImages } from '../train/training-sets.js';
import { choosePreprocessing, preprocessingOfInput } from '../trained/choose-preprocessing.js';
import { prepareImages } from '../trained/trained-model.js';
import type { UnresolvedSettings } from './prune-settings.js';

/** Minibatches as a model takes them. */
export interface PruneData {
  /** The set. */
  readonly name: string;
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
  const { data } = settings;
  const batch = fixedBatch ?? settings.batch;
  if (images.count < batch)
    throw new OptionError(
      'batch',
      `${data} has ${images.count} images, fewer than a batch of ${batch}; give at most ${images.count}`,
    );
  const count = Math.max(1, Math.floor(Math.min(images.count, settings.images) / batch));
  const named = { name: data, images };
  return minibatches(named, image, settings, { batch, count: count * batch });
}

/** All images of another set, where there is one; the last minibatch may be smaller. */
export function validationData(
  named: NamedImages | undefined,
  image: ImageInput,
  settings: UnresolvedSettings,
  fixedBatch?: number,
): PruneData | undefined {
  if (!named) return undefined;
  const { count } = named.images;
  if (fixedBatch === undefined)
    return minibatches(named, image, settings, { batch: settings.batch, count });
  return minibatches(named, image, settings, {
    batch: fixedBatch,
    count: count - (count % fixedBatch),
  });
}

function minibatches(
  { name, images }: NamedImages,
  image: ImageInput,
  { preprocessing: stated }: UnresolvedSettings,
  { batch, count }: { readonly batch: number; readonly count: number },
): PruneData {
  const { labels } = images;
  if (!labels)
    throw new OptionError(
      'data',
      `${name} has no labels, which the loss needs; choose a criterion of weights`,
    );
  const chosen = choosePreprocessing([...stated, preprocessingOfInput(image)]);
  const preprocessing = { ...chosen.preprocessing, layout: 'NCHW' as const };
  const batches = Array.from({ length: Math.ceil(count / batch) }, (_, b): Minibatch => {
    const size = Math.min(batch, count - b * batch);
    const places = Array.from({ length: size }, (__, i) => b * batch + i);
    const pictures = places.map(i => images.image(i));
    const pixels = prepareImages({ image, preprocessing }, pictures, i => images.nameOf(places[i]));
    return { images: asInput(image, pixels), labels: places.map(i => labels[i]) };
  });
  return { name, batches, description: chosen.description };
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
