import { csv } from '../csv.js';
import { filesOfPictures, type OnWarning } from '../picture.js';
import type { NamedFile } from '../store.js';
import { searchPictures } from './search-pictures.js';
import { searchSummary, summaryFile } from './search-summary.js';
import type { SearchResult } from './search.js';

/** The file of a store that holds the cells that were visited. */
export const searchFile = 'search.csv';

/** search.csv, search.json, search.svg with the best so far, and best-cell.svg. */
export const searchFiles = (found: SearchResult, onWarning?: OnWarning): NamedFile[] => [
  [
    searchFile,
    csv(
      ['cell', 'accuracy', 'parent'],
      found.visits.map(({ cell, accuracy, parent }) => [cell, accuracy, parent]),
    ),
  ],
  [summaryFile, `${JSON.stringify(searchSummary(found), null, 2)}\n`],
  ...filesOfPictures(searchPictures(found), onWarning),
];
