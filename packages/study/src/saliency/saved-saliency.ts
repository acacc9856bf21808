import { decodeNpy } from '@nads/dataset';
import type { ImageShape } from '@nads/basis';
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
  const shown = await arrayOf(saved, image);
  const found = new Map<SaliencyMethod, ArrayLike<number>>();
  for (const [method, files] of Object.entries(maps))
    found.set(method as SaliencyMethod, (await arrayOf(saved, files.array)).data);
  const stem = image.replace(/\.image\.npy$/u, '');
  return saliencyPictures({ stem, title, shown: shown.data, image: shown.shape, maps: found });
}

async function arrayOf(
  saved: SavedFiles,
  name: string,
): Promise<{ readonly data: ArrayLike<number>; readonly shape: ImageShape }> {
  const { shape, data } = decodeNpy(await saved.bytes(name), saved.path(name));
  const [channels, height, width] = shape;
  return { data: data as Float32Array, shape: { channels, height, width } };
}
