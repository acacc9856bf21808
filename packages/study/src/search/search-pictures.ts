import { arcDiagram, chart } from '@nads/report';
import type { Picture } from '../picture.js';
import type { SearchMethod, Visit } from './search-cells.js';

/** A search as it is drawn. */
export interface PicturedSearch {
  readonly settings: { readonly method: SearchMethod };
  /** What accuracies are called. */
  readonly accuracy: string;
  /** In order. */
  readonly visits: readonly Visit[];
  /** The first of the highest accuracy. */
  readonly best: Visit;
}

/** Accuracies of the cells with the best so far, and the best cell. */
export const searchPictures = (found: PicturedSearch): Picture[] => [
  {
    name: 'search',
    draw: () => progressChart(found),
    caption: 'Accuracies of the cells in order, and the best so far',
  },
  { name: 'best-cell', draw: () => cellDiagram(found), caption: 'The best cell' },
];

function progressChart({ visits, settings, accuracy }: PicturedSearch): string {
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

function cellDiagram({ best: { cell, accuracy } }: PicturedSearch): string {
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
