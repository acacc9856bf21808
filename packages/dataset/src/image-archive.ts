import { imagesOfArray } from './image-array.js';
import type { LabelledImages } from './labelled-images.js';
import type { NdArray } from './nd-array.js';
import type { Layout } from '@nads/basis';

/** What images and their labels are called together, the first that is there counts. */
const pairs = [
  ['images', 'labels'],
  ['x', 'y'],
  ['X', 'y'],
  ['X', 'Y'],
  ['x_test', 'y_test'],
  ['X_test', 'y_test'],
  ['test_images', 'test_labels'],
  ['data', 'labels'],
  ['data', 'targets'],
  ['x_train', 'y_train'],
  ['X_train', 'y_train'],
  ['train_images', 'train_labels'],
] as const;

/**
 * Images, and labels where there are any, from the arrays of a .npz archive: called images and labels,
 * x and y, x_test and y_test, or the like; otherwise the only array of images there is. Test images
 * come before training images. An array `range` of 0 and 1 says that 0 is black and 1 is white in floats although some lie
 * beyond, as in the sets that `poison` and `reorderCoefficients` make.
 * @throws if the archive has no such array, or it does not hold images; messages start with `file`
 */
export function imagesOfArchive(
  arrays: ReadonlyMap<string, NdArray>,
  file: string,
  { layout }: { readonly layout?: Layout } = {},
): LabelledImages {
  const [images, labels] = chosen(arrays, file);
  return imagesOfArray(arrays.get(images)!, `${file}[${images}]`, {
    layout,
    labels: labels === undefined ? undefined : arrays.get(labels),
    mayExceed: isFromBlackToWhite(arrays.get('range'), file),
    labelsFile: `${file}[${labels}]`,
  });
}

function isFromBlackToWhite(range: NdArray | undefined, file: string): boolean {
  if (!range) return false;
  const values = Array.from(range.data as ArrayLike<number>, Number);
  if (values.join() === '0,1') return true;
  throw new Error(
    `${file}: its range is [${values.join(', ')}]; floats go from 0, black, to 1, white`,
  );
}

function chosen(
  arrays: ReadonlyMap<string, NdArray>,
  file: string,
): readonly [images: string, labels?: string] {
  const pair =
    pairs.find(([images, labels]) => arrays.has(images) && arrays.has(labels)) ??
    pairs.find(([images]) => arrays.has(images));
  if (pair) return arrays.has(pair[1]) ? pair : [pair[0]];
  const candidates = [...arrays].filter(
    ([, { shape }]) => shape.length === 3 || shape.length === 4,
  );
  if (candidates.length === 1) return [candidates[0][0]];
  const list = [...arrays].map(([name, { shape }]) => `${name} (${shape.join(', ')})`).join(', ');
  throw new Error(
    `${file}: which of its arrays are the images? It has ${list || 'none'};` +
      " name them 'images' and 'labels', or 'x' and 'y'",
  );
}
