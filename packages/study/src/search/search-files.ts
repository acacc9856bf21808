import { arcDiagram, chart } from '@nads/report';
import { csv } from '../csv.js';
import { filesOfPictures, type OnWarning, type Picture } from '../picture.js';
import type { NamedFile } from '../store.js';
import type { SearchResult } from './search.js';

/** The file of a store that holds the cells that were visited. */
export const searchFile = 'search.csv';

/** search.csv, search.svg with the best so far, and best-cell.svg. */
export const searchFiles = (found: SearchResult, onWarning?: OnWarning): NamedFile[] => [
  [
    searchFile,
    csv(
      ['cell', 'accuracy', 'parent'],
      found.visits.map(({ cell, accuracy, parent }) => [cell, accuracy, parent]),
    ),
  ],
  ...filesOfPictures(searchPictures(found), onWarning),
];

const searchPictures = (found: SearchResult): Picture[] => [
  { name: 'search', draw: () => progressChart(found) },
  { name: 'best-cell', draw: () => cellDiagram(found) },
];

function progressChart({ visits, settings, accuracy }: SearchResult): string {
  const x = visits.map((_, i) => i + 1);
  const y = visits.map(visit => visit.accuracy);
  const best = y.map((_, i) => Math.max(...y.slice(0, i + 1)));
  return chart({
    title: `${names[settings.method]} over ${visits.length} cells`,
    series: [
      { label: 'best so far', x, y: best, points: false },
      { label: 'each cell', x, y, line: false, points: true },
    ],
    x: { title: 'cells whose accuracy is known' },
    y: { title: `${accuracy}, %` },
  });
}

const names = { random: 'Random search', rea: 'Regularised evolution', area: 'AREA' } as const;

function cellDiagram({ best: { cell, accuracy } }: SearchResult): string {
  const arcs = cell.split('+').flatMap((node, i) =>
    [...node.matchAll(/([a-z0-9_]+)~(\d)/g)].map(([, operation, from]) => ({
      from: Number(from),
      to: i + 1,
      label: operation,
    })),
  );
  return arcDiagram({
    title: `Best cell, ${accuracy.toFixed(2)} %`,
    nodes: ['input', '1', '2', 'output'],
    arcs: arcs.filter(({ label }) => label !== 'none'),
  });
}
