import type { Picture } from '../picture.js';
import type { SavedFiles } from '../plot/saved-files.js';
import { elasticityPictures } from './elasticity-pictures.js';
import { parseElasticitySummary } from './elasticity-summary.js';

/** The picture of similarities that were saved. @throws where a file is damaged or missing */
export async function savedElasticityPictures(saved: SavedFiles): Promise<Picture[]> {
  const json = saved.path('elasticity.json');
  const summary = parseElasticitySummary(json, await saved.text('elasticity.json'));
  const images = summary.classes.reduce((sum, one) => sum + one.images, 0);
  if (images !== summary.settings.images)
    throw new Error(`${json}: its classes have ${images} of ${summary.settings.images} images`);
  const arrays = await saved.arrays('elasticity.npz');
  return elasticityPictures(summary, {
    kernel: arrays.finite('kernel', [images, images]),
    relative: arrays.numbers('relative', [images, images]),
  });
}
