import { averageLinkage, classicalScaling, leavesOf } from '@nads/linalg';
import { dendrogram, forestPlot, pointMap, type PageFigure } from '@nads/report';
import { overlapPicture } from '../report/overlap-picture.js';
import type { OverlapMatrix } from '../report/overlap-matrix.js';
import {
  chanceOf,
  compared,
  correlationOf,
  overlapsOf,
  titleOf,
  type Atlas,
  type AtlasMember,
} from './atlas.js';
import { spectralDistances, subspaceDistances, type Distances } from './atlas-distances.js';
import type { LadderStep } from './ladder-steps.js';
import { numberTitles, type NumberName } from './spectral-numbers.js';

/** Groups of members, in the order of their colours, and what pages call them. */
const groups = {
  torchvision: 'torchvision',
  native: 'of nads',
  cell: 'cells of NAS-Bench-201',
  ladder: 'ladder',
};
const kinds = Object.keys(groups);
const kindOf = ({ summary }: AtlasMember): number => kinds.indexOf(summary.group);

/** Maps and trees of the members by their leading subspaces and by their Fourier energies; none of fewer than three. */
export function mapFigures(atlas: Atlas): PageFigure[] {
  const [top] = atlas.summary.tops;
  return [
    ...figuresOf(subspaceDistances(atlas, top), {
      name: `subspaces-${top}`,
      what: `the leading ${top}-dimensional subspaces`,
      unit: '√(1 − correlation without noise)',
    }),
    ...figuresOf(spectralDistances(atlas), {
      name: 'spectra',
      what: 'Fourier energies',
      unit: 'Hellinger distance without noise',
    }),
  ];
}

function figuresOf(
  { members, distances }: Distances,
  { name, what, unit }: { readonly name: string; readonly what: string; readonly unit: string },
): PageFigure[] {
  if (members.length < 3) return [];
  const labels = members.map(({ summary }) => titleOf(summary));
  const { points, carried } = classicalScaling(distances);
  const percent = Math.round(100 * carried);
  const map = `Map of ${what}`;
  const tree = `Tree of ${what}`;
  return [
    {
      name: `map-${name}`,
      caption: `${map}: classical scaling of ${unit}; the plane carries ${percent} % of it`,
      svg: pointMap({
        title: map,
        kinds: Object.values(groups),
        points: labels.map((label, i) => ({
          label,
          x: points.data[2 * i],
          y: points.data[2 * i + 1],
          kind: kindOf(members[i]),
        })),
        note: `Near each other: alike. The plane carries ${percent} % of the distances.`,
      }),
    },
    {
      name: `tree-${name}`,
      caption: `${tree}: average linkage of ${unit}`,
      svg: dendrogram({
        title: tree,
        tree: averageLinkage(distances),
        labels,
        kinds: members.map(kindOf),
        x: unit,
      }),
    },
  ];
}

/** Correlations of all members without noise at dimension k, those like each other beside each other. */
export const correlationFigure = (atlas: Atlas, top: number): PageFigure => ({
  ...overlapPicture(correlationMatrix(atlas, top), {
    name: `correlations-${top}`,
    caption: `Correlations without noise at k = ${top}, from 0 to 1; white: not determined`,
    unit: 'correlation',
  }),
});

/** As a matrix of overlaps, in the order of the tree of Fourier energies; on the diagonal the overlap of the two estimates. */
function correlationMatrix(atlas: Atlas, top: number): OverlapMatrix {
  const members = compared(atlas);
  const order = leavesOf(averageLinkage(spectralDistances(atlas).distances));
  const { overlap, error } = overlapsOf(atlas, top);
  const chance = chanceOf(members[0].summary, top);
  return {
    top,
    chance: [chance, chance],
    names: order.map(i => titleOf(members[i].summary)),
    left: [],
    cells: order.map(i =>
      order.map(j => {
        if (i === j)
          return {
            overlap: overlap.data[i * members.length + i],
            standardError: error.data[i * members.length + i],
            chance,
          };
        const found = correlationOf(atlas, top, i, j);
        return (
          found && {
            overlap: Math.min(1, Math.max(0, found.value)),
            standardError: found.error,
            chance: 0,
          }
        );
      }),
    ),
  };
}

/** A number of all members with its error, by family. */
export function numberFigure({ members }: Atlas, name: NumberName): PageFigure {
  const families = [...new Set(members.map(({ summary }) => summary.family))];
  const rows = families.flatMap(family =>
    members
      .filter(({ summary }) => summary.family === family)
      .map(({ summary: { title, numbers } }) => ({
        group: family,
        label: title,
        value: numbers[name].value,
        error: numbers[name].error ?? NaN,
      })),
  );
  const title = `${capital(numberTitles[name])} of all members`;
  return {
    name: name.replaceAll('_', '-'),
    caption: `${title}, ± one standard error`,
    svg: forestPlot({ title, rows, x: { title: numberTitles[name] } }),
  };
}

/** Steps whose |z| is below this may be chance: three of a thousand would be above it. */
export const leastZ = 3;

/** How a number changes with each step of the ladder. */
export function ladderFigure(steps: readonly LadderStep[], name: NumberName): PageFigure {
  const rows = steps.map(({ choice, changes, numbers }) => {
    const { value, error, z } = numbers.find(one => one.name === name)!;
    return { group: choice, label: changes, value, error, strong: Math.abs(z) >= leastZ };
  });
  const title = `Change of ${numberTitles[name]} with each step`;
  return {
    name: `ladder-${name.replaceAll('_', '-')}`,
    caption: `${title}, ± one standard error; pale: |z| < ${leastZ}, which may be chance`,
    svg: forestPlot({
      title,
      rows,
      x: { title: `change of ${numberTitles[name]}` },
      reference: { at: 0, label: 'no change' },
    }),
  };
}

/** How much of the leading subspace stays with each step. */
export function ladderCorrelations(steps: readonly LadderStep[], top: number): PageFigure {
  const rows = steps.flatMap(({ choice, changes, correlations }) => {
    const found = correlations.find(one => one.top === top)?.value;
    return found ? [{ group: choice, label: changes, value: found.value, error: found.error }] : [];
  });
  const title = `What each step leaves of the leading ${top}-dimensional subspace`;
  return {
    name: `ladder-correlations-${top}`,
    caption: `${title}: correlation without noise, ± one standard error; steps where it is not determined are left out`,
    svg: forestPlot({
      title,
      rows,
      x: { title: 'correlation without noise' },
      reference: { at: 1, label: 'the same' },
    }),
  };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
