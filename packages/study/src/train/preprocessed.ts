import { batches, type Preprocessing } from '@nads/dataset';
import type { TrainingSet } from '@nads/train';
import type { NamedImages } from './training-sets.js';

/** Images at a time. */
const atOnce = 256;

/** Labelled images as a network takes them, in memory. @throws one line that names the image */
export function preprocessed(
  { images: set }: NamedImages,
  preprocessing: Preprocessing,
): TrainingSet & { readonly dims: readonly number[] } {
  const [one] = batches(set, preprocessing, 1);
  const dims = one.images.shape.slice(1);
  const pixels = dims.reduce((a, b) => a * b, 1);
  const images = new Float32Array(set.count * pixels);
  for (const { first, images: some } of batches(set, preprocessing, atOnce))
    images.set(some.data, first * pixels);
  return { images, labels: Int32Array.from(set.labels!), dims };
}
