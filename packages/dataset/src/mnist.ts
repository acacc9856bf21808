import { imagesOfArray } from './image-array.js';
import type { LabelledImages } from './labelled-images.js';
import type { NdArray } from './nd-array.js';

const digits = '0123456789'.split('');

/** An array from an IDX file, and what messages call it. */
export interface IdxFile {
  readonly array: NdArray<'uint8'>;
  readonly file: string;
}

/**
 * Grey images [1, H, W] with their classes from a pair of IDX arrays, as MNIST and sets in its format
 * have them; classes up to 9 are called by their digits.
 * @throws if the arrays are not [n, H, W] and [n]; messages start with the file's name
 */
export function imagesOfIdx(images: IdxFile, labels: IdxFile): LabelledImages {
  if (images.array.shape.length !== 3)
    throw new Error(
      `${images.file}: shape (${images.array.shape.join(', ')}) is not [n, H, W]; is this the file of labels?`,
    );
  return imagesOfArray(images.array, images.file, {
    labels: labels.array,
    labelsFile: labels.file,
    classNames: labels.array.data.every(label => label <= 9) ? digits : undefined,
  });
}
