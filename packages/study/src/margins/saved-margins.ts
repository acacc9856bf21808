import type { Picture } from '../picture.js';
import type { SavedFiles } from '../plot/saved-files.js';
import { marginsPicture } from './margins-picture.js';
import { parseMarginsSummary } from './margins-summary.js';

/** The picture of margins that were saved. @throws where the file is damaged */
export const savedMarginsPictures = async (saved: SavedFiles): Promise<Picture[]> => [
  marginsPicture(parseMarginsSummary(saved.path('margins.json'), await saved.text('margins.json'))),
];
