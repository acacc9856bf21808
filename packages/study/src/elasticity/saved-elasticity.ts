import type { Picture } from '../picture.js';
import { numbersOf, type SavedFiles } from '../plot/saved-files.js';
import { elasticityPictures } from './elasticity-pictures.js';
import { parseElasticitySummary } from './elasticity-summary.js';

/** The picture of similarities that were saved. @throws where a file is damaged or missing */
export async function savedElasticityPictures(saved: SavedFiles): Promise<Picture[]> {
  const json = saved.path('elasticity.json');
  const summary = parseElasticitySummary(json, await saved.text('elasticity.json'));
  const arrays = await saved.arrays('elasticity.npz');
  const numbers = (name: string) => numbersOf(arrays, name, saved.path('elasticity.npz'));
  return elasticityPictures(summary, { kernel: numbers('kernel'), relative: numbers('relative') });
}
