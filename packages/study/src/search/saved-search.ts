import { readCsv } from '../csv.js';
import type { Picture } from '../picture.js';
import type { SavedFiles } from '../plot/saved-files.js';
import type { Visit } from './search-cells.js';
import { searchFile } from './search-files.js';
import { searchPictures } from './search-pictures.js';
import { parseSearchSummary, summaryFile } from './search-summary.js';

/** The pictures of a search that was saved; older versions did not save what they say. @throws where a file is damaged */
export async function savedSearchPictures(saved: SavedFiles): Promise<Picture[]> {
  if (!(await saved.has(summaryFile))) return [];
  const visits = await savedVisits(saved);
  const { settings, accuracy } = parseSearchSummary(
    saved.path(summaryFile),
    await saved.text(summaryFile),
  );
  const best = visits.reduce((a, b) => (b.accuracy > a.accuracy ? b : a));
  return searchPictures({ settings, accuracy, visits, best });
}

/** The cells of a search that was saved, in order. @throws where the file is damaged or missing, or has no cells */
export async function savedVisits(saved: SavedFiles): Promise<Visit[]> {
  const file = saved.path(searchFile);
  const rows = readCsv(await saved.text(searchFile), ['cell', 'accuracy', 'parent'], file);
  if (rows.length === 0) throw new Error(`${file}: no cells in it`);
  return rows.map(row => ({
    cell: row.cell('cell'),
    accuracy: row.number('accuracy'),
    ...(row.cell('parent') && { parent: row.cell('parent') }),
  }));
}
