import { percent, withError } from '../report/shown.js';
import { titleOf, type Atlas } from './atlas.js';
import type { Measured } from './disattenuated.js';
import { numberNames, numberTitles } from './spectral-numbers.js';
import type { OverlapRanking } from './nearest-by-overlap.js';
import type { Placement } from './placement.js';

/** Where a model stands, a line each. @param nearest how many members are named of each ranking */
export function placementText(placement: Placement, nearest: number): string[] {
  const { numbers, members, symmetries, byOverlap, bySpectrum } = placement;
  return [
    ...numbers.map(({ name, value, error, above }) =>
      lineOf(
        numberTitles[name],
        `${withError(value, error)}, above ${percent(above)} of ${members} members`,
      ),
    ),
    ...symmetries.map(({ relabelling, holds, reason }) =>
      lineOf(relabelling, `${holds ? 'holds' : 'broken'}: ${reason}`),
    ),
    ...byOverlap.flatMap(ranking => overlapLines(ranking, nearest)),
    'nearest by Fourier energy (squared Hellinger distance, less the noise of members)',
    ...bySpectrum
      .slice(0, nearest)
      .map(({ title, distance }) => lineOf(`  ${title}`, short(distance, 4))),
  ];
}

const lineOf = (name: string, text: string): string => `${name.padEnd(26)} ${text}`;

const short = ({ value, error }: Measured, digits: number): string =>
  `${value.toFixed(digits)} ± ${error.toFixed(digits)}`;

function overlapLines({ top, within, chance, members }: OverlapRanking, nearest: number): string[] {
  const repeats = within
    ? `; another estimate like this one would overlap with it ${within.value.toFixed(3)}, chance is ${chance.toFixed(3)}`
    : '';
  const head = `nearest by the leading ${top}-dimensional subspace (correlation without noise${repeats})`;
  const known = members.filter(({ correlation }) => correlation);
  if (known.length === 0) return [head, '  not determined'];
  return [
    head,
    ...known
      .slice(0, nearest)
      .map(({ title, correlation, overlap }) =>
        lineOf(`  ${title}`, `${short(correlation!, 3)}, overlap ${short(overlap, 3)}`),
      ),
  ];
}

/** What makes a placement doubtful, a line each. */
export const placementWarnings = ({ byOverlap, networks }: Placement): string[] =>
  byOverlap.flatMap(({ top, members }) =>
    members.some(({ correlation }) => correlation)
      ? []
      : [
          `at k = ${top} which member is nearest is not determined: noise leaves too little of the subspace, or all directions are preferred alike; draw more than ${networks} networks, or look at the Fourier energy`,
        ],
  );

/** The members of an atlas, a line each. */
export function atlasText({ summary: { members, tops } }: Atlas): string[] {
  const [top] = tops;
  const rows = members.map(member => {
    const { name, family, networks, numbers, subspaces } = member;
    return [
      name,
      titleOf(member),
      family,
      `2 × ${networks}`,
      withError(numbers.effective_rank.value, numbers.effective_rank.error),
      withError(numbers.low_frequencies.value, numbers.low_frequencies.error),
      subspaces.find(one => one.top === top)?.within.value.toFixed(3) ?? '-',
    ];
  });
  const head = [
    'name',
    'architecture',
    'family',
    'networks',
    numberTitles.effective_rank,
    numberTitles.low_frequencies,
    `repeats at k = ${top}`,
  ];
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map(row => row[i].length)));
  return [head, ...rows].map(row =>
    row
      .map((cell, i) => cell.padEnd(widths[i]))
      .join('  ')
      .trimEnd(),
  );
}

/** The members of an atlas in plain values. */
export const atlasJson = ({ summary }: Atlas) => ({
  settings: summary.settings,
  image: summary.image,
  members: summary.members.map(({ name, title, group, family, networks, numbers, subspaces }) => ({
    name,
    title,
    group,
    family,
    networks,
    numbers: Object.fromEntries(numberNames.map(one => [one, numbers[one]])),
    subspaces,
  })),
});
