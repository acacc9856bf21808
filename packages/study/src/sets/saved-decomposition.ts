import type { Picture } from '../picture.js';
import type { SavedFiles } from '../plot/saved-files.js';
import { decomposePictures } from './decompose-pictures.js';
import { decodeDecomposition } from './decomposition-codec.js';

/** The pictures of a decomposition that was saved. @throws where a file is damaged or missing */
export async function savedDecompositionPictures(saved: SavedFiles): Promise<Picture[]> {
  const [table, json] = [
    await saved.text('decomposition.csv'),
    await saved.text('decomposition.json'),
  ];
  return decomposePictures(decodeDecomposition(table, json, saved.store.name));
}
