import { classCount, type LabelledImages } from '@nads/dataset';
import type { Sizes } from '@nads/train';
import type { StatedPreprocessing } from '../../trained/choose-preprocessing.js';
import { imageOptions } from '../../trained/trained-model.js';

/** Classes of a network for images without labels. */
const usualClasses = 10;

/** Sizes of a network for a set of images: those of the first one, unless the preprocessing says another size. */
export function sizesOf(
  images: LabelledImages,
  preprocessing: readonly StatedPreprocessing[] = [],
): Sizes {
  const [channels, height, width] = images.image(0).dims;
  const [rows, columns] = imageOptions(preprocessing).size ?? [height, width];
  return { channels, height: rows, width: columns, classes: classCount(images) || usualClasses };
}
