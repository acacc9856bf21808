import type { LabelledImages } from '@nads/dataset';
import type { SourceModel } from '../source-model.js';
import { freshModel } from '../train/fresh-model.js';
import type { StatedPreprocessing } from '../trained/choose-preprocessing.js';
import { sizesOf } from './cells/sizes-of.js';

/**
 * A native architecture for the images of a set, with fresh weights.
 * @param name of an architecture, or `cell:` and a cell of NAS-Bench-201.
 * @throws where there is none, listing those there are
 */
export async function nativeModel(
  name: string,
  images: LabelledImages,
  preprocessing: readonly StatedPreprocessing[],
  seed = 0,
): Promise<SourceModel> {
  const found = await freshModel(name, sizesOf(images, preprocessing), { seed });
  return { ...found, name };
}
