import { searchFile } from '../search/search-files.js';
import { journalFile } from '../sweep/journal.js';
import type { SavedFiles } from './saved-files.js';

/**
 * Whether a store holds a result of the kind that a file shows. The journal of a search has the name of a sweep's, but a table
 * of cells is beside it.
 */
export const holdsKind = async (saved: SavedFiles, file: string): Promise<boolean> =>
  (await saved.has(file)) && !(file === journalFile && (await saved.has(searchFile)));
