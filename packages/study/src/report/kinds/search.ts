import { readCsv, type Row } from '../../csv.js';
import { searchFile } from '../../search/search-files.js';
import { firstRows } from '../first-rows.js';
import type { ReadPart } from '../reported-part.js';
import { shown } from '../shown.js';

/** Rows of the table of cells. */
const most = 50;

/** Cells that a search has visited, the best first. */
export const reportedSearch: ReadPart = async saved => {
  const file = saved.path(searchFile);
  const rows = readCsv(await saved.text(searchFile), ['cell', 'accuracy'], file);
  const best = rows.toSorted((a, b) => accuracyOf(b) - accuracyOf(a));
  return {
    title: 'Search for a cell',
    facts: [
      ['cells', String(rows.length)],
      ['best cell', best[0]?.cell('cell') ?? 'none'],
    ],
    tables: [
      firstRows(
        {
          caption: 'Cells, the best first',
          head: ['cell', 'accuracy, %'],
          rows: best.map(row => [row.cell('cell'), shown(accuracyOf(row))]),
        },
        most,
        searchFile,
      ),
    ],
  };
};

const accuracyOf = (row: Row): number => Number(row.cell('accuracy'));
