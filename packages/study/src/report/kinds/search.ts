import type { Fact } from '@nads/report';
import type { SavedFiles } from '../../plot/saved-files.js';
import { savedVisits } from '../../search/saved-search.js';
import { searchFile } from '../../search/search-files.js';
import { parseSearchSummary, summaryFile } from '../../search/search-summary.js';
import { firstRows } from '../first-rows.js';
import { optionName } from '../option-name.js';
import type { ReadPart } from '../reported-part.js';
import { shown } from '../shown.js';

/** Rows of the table of cells. */
const most = 50;

/** Cells that a search has visited, the best first. */
export const reportedSearch: ReadPart = async saved => {
  const visits = await savedVisits(saved);
  const best = visits.toSorted((a, b) => b.accuracy - a.accuracy);
  return {
    title: 'Search for a cell',
    facts: [
      ...(await summaryFacts(saved)),
      ['cells', String(visits.length)],
      ['best cell', best[0].cell],
    ],
    tables: [
      firstRows(
        {
          caption: 'Cells, the best first',
          head: ['cell', 'accuracy, %'],
          rows: best.map(({ cell, accuracy }) => [cell, shown(accuracy)]),
        },
        most,
        searchFile,
      ),
    ],
  };
};

/** How cells were searched; results of older versions do not say it. */
async function summaryFacts(saved: SavedFiles): Promise<Fact[]> {
  if (!(await saved.has(summaryFile))) return [];
  const text = await saved.text(summaryFile);
  const { settings, accuracy } = parseSearchSummary(saved.path(summaryFile), text);
  return [
    ...Object.entries(settings).map(([name, value]): Fact => [optionName(name), String(value)]),
    ['accuracy', accuracy],
  ];
}
