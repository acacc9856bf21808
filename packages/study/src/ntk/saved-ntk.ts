import type { Picture } from '../picture.js';
import type { SavedFiles } from '../plot/saved-files.js';
import { ntkPictures } from './ntk-pictures.js';
import { parseNtkSummary } from './ntk-summary.js';

/** The picture of a tangent kernel that was saved. @throws where a file is damaged or missing */
export async function savedNtkPictures(saved: SavedFiles): Promise<Picture[]> {
  const summary = parseNtkSummary(saved.path('ntk.json'), await saved.text('ntk.json'));
  const arrays = await saved.arrays('ntk.npz');
  return ntkPictures(summary, arrays.finite('eigenvalues', ['eigenvalues']));
}
