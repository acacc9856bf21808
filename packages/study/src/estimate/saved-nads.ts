import type { Picture } from '../picture.js';
import type { SavedFiles } from '../plot/saved-files.js';
import { nadsPictures } from './nads-pictures.js';
import { savedResult } from './saved-result.js';

/** The pictures of an estimate that was saved. @throws where a file is damaged or missing */
export async function savedNadsPictures(saved: SavedFiles): Promise<Picture[]> {
  const { name, rows, channelRows, eigenvalues, standardErrors, summary } =
    await savedResult(saved);
  if (!eigenvalues) throw new Error(`${name}: no array 'eigenvalues' in it`);
  const found = {
    nads: rows.data,
    channelNads: channelRows?.data,
    eigenvalues,
    standardErrors: standardErrors ?? eigenvalues.map(() => NaN),
  };
  return nadsPictures(found, summary);
}
