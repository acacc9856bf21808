import type { LabelledImages } from './labelled-images.js';
import type { NdArray } from './nd-array.js';
import { preprocess } from './preprocess.js';
import type { Preprocessing } from './preprocessing.js';

/** Some images of a set in a row, as a model takes them. */
export interface ImageBatch {
  /** The index of the first one in the set. */
  readonly first: number;
  /** [n, C, H, W] or [n, H, W, C]. */
  readonly images: NdArray<'float32'>;
  readonly labels?: Int32Array;
}

/**
 * The images of a set in its order, `size` at a time, the last batch perhaps smaller; only one batch is
 * held at a time. `subset` gives another order.
 * @throws if an image cannot be read or preprocessed; messages start with its name
 */
export function* batches(
  set: LabelledImages,
  preprocessing: Preprocessing,
  size: number,
): Generator<ImageBatch> {
  if (!Number.isInteger(size) || size < 1)
    throw new Error(`batches: a batch of ${size} images; give a positive integer`);
  for (let first = 0; first < set.count; first += size) {
    const end = Math.min(first + size, set.count);
    const images = Array.from({ length: end - first }, (_, i) => set.image(first + i));
    yield {
      first,
      images: preprocess(images, preprocessing, i => set.nameOf(first + i)),
      labels: set.labels?.slice(first, end),
    };
  }
}
