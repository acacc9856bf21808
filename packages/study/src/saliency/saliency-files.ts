import type { ImageShape } from '@nads/basis';
import { encodeNpy } from '@nads/dataset';
import { filesOfPictures, type OnWarning } from '../picture.js';
import type { NamedFile } from '../store.js';
import { saliencyPictures } from './saliency-pictures.js';
import { saliencySummary } from './saliency-summary.js';
import { saliencyTitle } from './saliency-title.js';
import type { PictureSaliency, Saliency } from './saliency.js';

/** All files of saliency maps: those of every picture, and saliency.json. */
export const saliencyFiles = (found: Saliency, onWarning?: OnWarning): NamedFile[] => [
  ...found.pictures.flatMap(picture => pictureFiles(picture, onWarning)),
  saliencyJson(found),
];

/** saliency.json. */
export const saliencyJson = (found: Saliency): NamedFile => [
  'saliency.json',
  `${JSON.stringify(saliencySummary(found), null, 2)}\n`,
];

/** Of one picture: it and the map of every method as .npy [C, H, W], and pictures of the maps, together and one by one. */
export function pictureFiles(found: PictureSaliency, onWarning?: OnWarning): NamedFile[] {
  const { stem, maps, shown, image } = found;
  return [
    [`${stem}.image.npy`, array(shown, image)],
    ...[...maps].map(([method, map]): NamedFile => [`${stem}.${method}.npy`, array(map, image)]),
    ...filesOfPictures(
      saliencyPictures({ ...found, title: saliencyTitle(found, found.picture, found.model) }),
      onWarning,
    ),
  ];
}

const array = (
  map: Float32Array | Float64Array,
  { channels, height, width }: ImageShape,
): Uint8Array =>
  encodeNpy({
    dtype: 'float32',
    shape: [channels, height, width],
    data: Float32Array.from(map),
  });
