import { type PageFigure, type PagePart, type PageSection, type PageTable } from '@nads/report';
import { curveFigures } from './curve-figures.js';
import { galleriesFigure } from './galleries-figure.js';
import type { OverlapMatrix } from './overlap-matrix.js';
import { overlapPicture } from './overlap-picture.js';
import type { Report } from './report.js';
import type { ReportedResult } from './reported-result.js';
import { rangeOf, withError } from './shown.js';

/** Results beside each other: facts, first NADs, curves, overlaps. */
export function comparisonSection({ results, overlaps, left }: Report): PageSection {
  return {
    heading: 'Side by side',
    parts: [
      { table: factTable(results) },
      { figures: figuresOf(results) },
      ...overlapParts(overlaps),
      ...(left.length > 0 ? [{ paragraph: notCompared(left) }] : []),
    ],
  };
}

function figuresOf(results: readonly ReportedResult[]): PageFigure[] {
  const nads = results.flatMap(one => one.nads ?? []);
  const galleries = nads.length > 1 ? galleriesFigure(nads) : undefined;
  return [...(galleries ? [galleries] : []), ...curveFigures(results)];
}

/** A row for each fact that is known of several results, a column for each result. */
function factTable(results: readonly ReportedResult[]): PageTable {
  const known = results.map(({ parts }) => new Map(parts.flatMap(({ facts }) => facts)));
  const names = [...new Set(known.flatMap(facts => [...facts.keys()]))];
  const isShared = (name: string): boolean => known.filter(facts => facts.has(name)).length > 1;
  return {
    caption: 'What is known of several results',
    head: ['', ...results.map(({ name }) => name)],
    rows: names.filter(isShared).map(name => [name, ...known.map(facts => facts.get(name) ?? '')]),
  };
}

/** Why there are no overlaps at some k. */
export const notCompared = (left: readonly number[]): string =>
  `No overlaps at k = ${left.join(', ')}: no two results have so many directions of one size.`;

/** What overlaps are, and a table for each k. */
const overlapParts = (matrices: readonly OverlapMatrix[]): PagePart[] =>
  matrices.length === 0
    ? []
    : [
        { subheading: 'Overlaps of NADs' },
        {
          paragraph:
            'Mean squared cosine between the subspaces of the first k directions, 1 for the same, ± one standard error; unrelated ' +
            'subspaces of a space of D dimensions have k/D on average, which is called chance. The diagonal is the overlap of two halves of the networks of one ' +
            'result, which shows how much noise alone takes away.',
        },
        { figures: matrices.map(one => overlapPicture(one)) },
        ...matrices.map(matrix => ({ table: overlapTable(matrix) })),
      ];

const overlapTable = ({ top, chance, names, left, cells }: OverlapMatrix): PageTable => ({
  caption: `Overlaps at k = ${top}; chance is ${rangeOf(chance)}${without(left)}`,
  head: ['', ...names],
  rows: names.map((name, i) => [
    name,
    ...cells[i].map(cell => withError(cell?.overlap, cell?.standardError)),
  ]),
});

const without = (left: readonly string[]): string =>
  left.length > 0 ? `; without ${left.join(', ')}: of another size, or fewer directions` : '';
