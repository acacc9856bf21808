import { page, type PagePart, type PageSection, type PageTable } from '@nads/report';
import { shown, withError } from '../report/shown.js';
import { chanceOf, compared, correlationOf, titleOf, withinOf, type Atlas } from './atlas.js';
import { subspaceDistances } from './atlas-distances.js';
import {
  correlationFigure,
  ladderCorrelations,
  ladderFigure,
  leastZ,
  mapFigures,
  numberFigure,
} from './atlas-figures.js';
import type { MemberSummary } from './atlas-summary.js';
import { leastCeiling } from './disattenuated.js';
import { kindOf } from './kind-of.js';
import { ladderSteps, type LadderStep } from './ladder-steps.js';
import { isShare, numberNames, numberTitles, type NumberName } from './spectral-numbers.js';
import { memberParts } from './member-parts.js';

/** An atlas as one HTML document. @param commands that made it, a line each */
export function atlasPage(atlas: Atlas, commands: readonly string[] = []): string {
  const { members, left } = atlas.summary;
  const steps = ladderSteps(atlas);
  return page({
    title:
      members.length === 1
        ? 'What 1 architecture prefers'
        : `What ${members.length} architectures prefer`,
    contents: true,
    parts: introduction(atlas),
    sections: [
      {
        heading: 'All members',
        parts: [{ table: memberTable(atlas) }, { figures: numberFigures(atlas) }],
      },
      { heading: 'Which are alike', parts: likenessParts(atlas) },
      ...(steps.length > 0 ? [ladderSection(atlas, steps)] : []),
      { heading: 'Symmetries, and what breaks them', parts: [{ table: symmetryTable(members) }] },
      { heading: 'One by one', parts: atlas.members.flatMap(memberParts) },
      ...(left.length > 0 ? [{ heading: 'Left out', parts: [{ table: leftTable(atlas) }] }] : []),
      { heading: 'How it was made', parts: madeParts(atlas, commands) },
    ],
  });
}

function introduction({ summary }: Atlas): PagePart[] {
  const { channels, height, width } = summary.image;
  return [
    {
      paragraph:
        'Neural anisotropy directions (NADs) are the input directions that an architecture responds to most before it has been trained. ' +
        'Each architecture was estimated twice from networks of its own with fresh weights, once for each of two seeds; all error bars come from how the two differ.',
    },
    {
      facts: [
        ['images', `${channels}×${height}×${width}`],
        ['networks probed by', kindOf(summary)],
        ['members', String(summary.members.length)],
        ['runtime', summary.runtime],
      ],
    },
  ];
}

const numberFigures = (atlas: Atlas) =>
  (['effective_rank', 'low_frequencies'] as const).map(name => numberFigure(atlas, name));

function memberTable({ summary: { members, tops } }: Atlas): PageTable {
  const names = numberNames;
  return {
    caption: 'Members; pick a column to sort by it',
    sortable: true,
    head: [
      'architecture',
      'family',
      'networks',
      ...names.map(name => numberTitles[name]),
      'directions above noise',
      ...tops.map(top => `repeats at k = ${top}`),
      'broken symmetries',
    ],
    rows: members.map(member => [
      titleOf(member),
      member.family,
      `2 × ${member.networks}`,
      ...names.map(name => withError(member.numbers[name].value, member.numbers[name].error)),
      member.above_noise?.join(', ') ?? '-',
      ...tops.map(top => repeats(member, top)),
      brokenOf(member),
    ]),
  };
}

/** The overlap of the two estimates of a member. */
function repeats({ subspaces }: MemberSummary, top: number): string {
  const found = subspaces.find(one => one.top === top);
  return found ? withError(found.within.value, found.within.error) : '-';
}

const brokenOf = ({ symmetries }: MemberSummary): string =>
  symmetries
    .filter(({ holds }) => !holds)
    .map(({ relabelling }) => relabelling)
    .join(', ') || 'none';

function likenessParts(atlas: Atlas): PagePart[] {
  const { tops, members } = atlas.summary;
  const alone = members.filter(one => one.alone !== undefined);
  return [
    {
      paragraph:
        'The overlap of two architectures is the mean squared cosine between the subspaces of their first k directions. Noise makes it smaller: no ' +
        'architecture overlaps with another more than its two estimates do with each other. So what is shown is the correlation without noise, ' +
        '(o − c) / √((a − c)(b − c)), of the overlap o, those of the two estimates of each, a and b, and that by chance, c = k/D: 0 for unrelated subspaces, ' +
        `1 for the same. Where √((a − c)(b − c)) is below ${leastCeiling} of its maximum it is not determined, and white. Fourier energies, of all directions weighted with ` +
        'their eigenvalues, are well determined even where no single direction is; their distance is that of Hellinger.',
    },
    ...tops.flatMap(top => {
      const { left } = subspaceDistances(atlas, top);
      return left.length > 0
        ? [
            {
              paragraph: `Not determined at k = ${top}: ${left.map(({ summary }) => titleOf(summary)).join(', ')}. Their spectra are so flat, or so noisy, that two estimates find other directions.`,
            },
          ]
        : [];
    }),
    ...alone.map(member => ({
      paragraph: `${titleOf(member)} is compared with no others: ${member.alone}.`,
    })),
    { figures: mapFigures(atlas) },
    { figures: tops.map(top => correlationFigure(atlas, top)) },
    ...tops.map(top => ({ table: correlationTable(atlas, top) })),
  ];
}

function correlationTable(atlas: Atlas, top: number): PageTable {
  const members = compared(atlas);
  const chance = chanceOf(members[0].summary, top);
  return {
    caption: `Correlations without noise at k = ${top}, ± one standard error; on the diagonal the overlap of the two estimates; chance of an overlap is ${shown(chance, 2)}`,
    head: ['', ...members.map(({ summary }) => titleOf(summary))],
    rows: members.map(({ summary }, i) => [
      titleOf(summary),
      ...members.map((_, j) => {
        if (i === j) return `(${shown(withinOf(summary, top).value, 2)})`;
        const found = correlationOf(atlas, top, i, j);
        return found ? withShortError(found.value, found.error) : '-';
      }),
    ]),
  };
}

const withShortError = (value: number, error: number): string =>
  `${value.toFixed(2)} ± ${error.toFixed(2)}`;

const ladderSection = (atlas: Atlas, steps: readonly LadderStep[]): PageSection => ({
  heading: 'The ladder: what each choice of design does',
  parts: [
    {
      paragraph:
        'Each step changes one thing of a small network. Changes are shown with one standard error of the difference; z is the change in units of ' +
        `it. |z| above ${leastZ} comes about by chance about three times in a thousand, and here are ${steps.length * numberNames.length} changes.`,
    },
    {
      figures: [
        ladderFigure(steps, 'effective_rank'),
        ladderFigure(steps, 'low_frequencies'),
        ...atlas.summary.tops.map(top => ladderCorrelations(steps, top)),
      ],
    },
    { table: ladderTable(atlas, steps) },
  ],
});

function ladderTable({ summary: { tops } }: Atlas, steps: readonly LadderStep[]): PageTable {
  return {
    caption: 'Steps of the ladder',
    sortable: true,
    head: [
      'change',
      'choice',
      'from',
      ...numberNames.flatMap(name => [`change of ${numberTitles[name]}`, 'z']),
      ...tops.map(top => `correlation at k = ${top}`),
      'distance of spectra²',
    ],
    rows: steps.map(({ changes, choice, from, numbers, correlations, spectral }) => [
      changes,
      choice,
      from.summary.title,
      ...numbers.flatMap(({ value, error, z }) => [withError(value, error), shown(z, 2)]),
      ...correlations.map(({ value }) => (value ? withError(value.value, value.error) : '-')),
      spectral ? withError(spectral.value, spectral.error) : '-',
    ]),
  };
}

function symmetryTable(members: readonly MemberSummary[]): PageTable {
  const names = [...new Set(members.flatMap(one => one.symmetries.map(s => s.relabelling)))];
  return {
    caption:
      'What relabellings of the image leave the distribution of networks as it is, and what breaks those that do not',
    sortable: true,
    head: ['architecture', ...names],
    rows: members.map(member => [
      titleOf(member),
      ...names.map(name => {
        const found = member.symmetries.find(one => one.relabelling === name);
        if (!found) return '-';
        return found.holds ? 'holds' : `broken: ${found.reason}`;
      }),
    ]),
  };
}

const leftTable = ({ summary: { left } }: Atlas): PageTable => ({
  caption: 'Architectures that are not in the atlas',
  head: ['architecture', 'family', 'why'],
  rows: left.map(({ title, family = '-', reason }) => [title, family, reason]),
});

/** As in '0.022 (low frequencies)' and '3.7 % (effective rank)'. */
const spreadText = (name: NumberName, spread: number): string =>
  `${isShare(name) ? spread.toFixed(3) : `${(100 * spread).toFixed(1)} %`} (${numberTitles[name]})`;

function madeParts({ summary }: Atlas, commands: readonly string[]): PagePart[] {
  return [
    ...commands.map(command => ({ command })),
    {
      paragraph:
        `Directions are kept in eight bits, which changes overlaps by at most ${summary.rounding.toExponential(1)}. ` +
        `Errors of numbers are those that errors of the eigenvalues make, and what estimates differ by beside them, a standard deviation of ${numberNames.map(name => spreadText(name, summary.number_spreads[name])).join(', ')}. ` +
        summary.calibration
          .map(
            ({ top, factor, pairs }) =>
              `At k = ${top}, errors of overlaps are ${factor.toFixed(2)} times those that the noise of eigenvalues predicts, as the differences between estimates of ${pairs} pairs say.`,
          )
          .join(' '),
    },
  ];
}
