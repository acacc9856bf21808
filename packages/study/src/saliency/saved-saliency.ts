import { decodeNpy } from '@nads/dataset';
import type { ImageShape } from '@nads/basis';
import { finiteNumbersIn } from '../checked-array.js';
import type { Picture } from '../picture.js';
import type { SavedFiles } from '../plot/saved-files.js';
import type { SaliencyMethod } from './attributions.js';
import { saliencyPictures } from './saliency-pictures.js';
import { parseSaliencySummary, type SaliencySummary } from './saliency-summary.js';
import { saliencyTitle } from './saliency-title.js';

type SavedImage = SaliencySummary['images'][number];

/** The pictures of saliency maps that were saved. @throws where a file is damaged or missing */
export async function savedSaliencyPictures(saved: SavedFiles): Promise<Picture[]> {
  const file = saved.path('saliency.json');
  const { images, model } = parseSaliencySummary(file, await saved.text('saliency.json'));
  const all = await Promise.all(
    images.map(image => picturesOf(saved, image, saliencyTitle(image, image.file, model.file))),
  );
  return all.flat();
}

async function picturesOf(
  saved: SavedFiles,
  { image, maps }: SavedImage,
  title: string,
): Promise<Picture[]> {
  if (image === undefined)
    throw new Error(
      `${saved.path('saliency.json')}: written by an older nads, without the images; compute the maps again`,
    );
  const { shape, numbers: shown } = await imageOf(saved, image);
  const found = new Map<SaliencyMethod, ArrayLike<number>>();
  for (const [method, files] of Object.entries(maps))
    found.set(method as SaliencyMethod, (await imageOf(saved, files.array, shape)).numbers);
  const stem = image.replace(/\.image\.npy$/u, '');
  return saliencyPictures({ stem, title, shown, image: shape, maps: found });
}

/** A picture, or a map of one of the same shape. @throws where it is damaged */
async function imageOf(
  saved: SavedFiles,
  name: string,
  expected?: ImageShape,
): Promise<{ readonly shape: ImageShape; readonly numbers: Float64Array }> {
  const where = saved.path(name);
  const array = decodeNpy(await saved.bytes(name), where);
  const axes = expected
    ? [expected.channels, expected.height, expected.width]
    : ['channels', 'height', 'width'];
  const numbers = finiteNumbersIn(array, axes, where);
  const [channels, height, width] = array.shape;
  return { shape: { channels, height, width }, numbers };
}
