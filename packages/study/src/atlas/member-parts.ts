import { gallery, sheetSvg, chart, type Fact, type PageFigure, type PagePart } from '@nads/report';
import { imageEnergy } from '@nads/probe';
import { modelFacts } from '../report/model-facts.js';
import { withError } from '../report/shown.js';
import { titleOf, type AtlasMember } from './atlas.js';
import { numberNames, numberTitles } from './spectral-numbers.js';

/** Directions that are shown. */
const most = 8;

/** A member by itself: facts, its first NADs, its spectrum. */
export const memberParts = (member: AtlasMember): PagePart[] => [
  { subheading: titleOf(member.summary) },
  ...(member.summary.note === undefined ? [] : [{ paragraph: member.summary.note }]),
  ...(member.summary.alone === undefined
    ? []
    : [{ paragraph: `Compared with no others: ${member.summary.alone}.` }]),
  { details: 'Facts', facts: factsOf(member) },
  { figures: [galleryFigure(member), spectrumFigure(member)] },
];

function factsOf({ summary }: AtlasMember): Fact[] {
  const { name, networks, seeds, numbers, kept, init, producer } = summary;
  return [
    ['name', name],
    ...modelFacts({ file: summary.model, sha256: summary.sha256 }),
    ['exported by', producer],
    ['image', summary.image.replaceAll('x', '×')],
    ['networks', `${networks} of each of the seeds ${seeds.join(' and ')}`],
    ['initialisation', init],
    ['constants kept', String(kept)],
    ...numberNames.map((one): Fact => [
      numberTitles[one],
      withError(numbers[one].value, numbers[one].error),
    ]),
    ...summary.subspaces.map(({ top, within }): Fact => [
      `overlap of the two estimates, k = ${top}`,
      withError(within.value, within.error),
    ]),
    ...summary.symmetries.map(({ relabelling, holds, reason }): Fact => [
      relabelling,
      `${holds ? 'holds' : 'broken'}: ${reason}`,
    ]),
  ];
}

/** How often each direction is one of the whole image. */
const copiesOf = ({ image, directions }: AtlasMember['summary']): number =>
  Number(image.split('x')[0]) / directions.channels;

function galleryFigure({ summary, estimates: [first] }: AtlasMember): PageFigure {
  const { leading, eigenvalues, standardErrors } = first;
  const { channels, height, width } = summary.directions;
  const count = Math.min(most, leading.rows);
  const directions = Array.from({ length: count }, (_, i) =>
    leading.data.subarray(i * leading.columns, (i + 1) * leading.columns),
  );
  const errors = standardErrors.subarray(0, count);
  return {
    name: `${summary.name}-nads`,
    caption: `The first NADs of ${titleOf(summary)}${channels === 1 ? ', of one channel' : ''}, each above its Fourier energy`,
    svg: sheetSvg(
      gallery({
        directions,
        energies: directions.map(one => imageEnergy(one, { height, width })),
        channels,
        height,
        width,
        values: eigenvalues.subarray(0, count),
        ...(errors.some(Number.isFinite) && { errors }),
        resolved: summary.above_noise ? summary.above_noise[0] / copiesOf(summary) : undefined,
        title: `NADs of ${titleOf(summary)}`,
        legend: 'Numbers: index from 0, eigenvalue ± standard error.',
      }),
    ),
  };
}

/** Places of a spectrum that are drawn: the first ones all, then fewer and fewer. */
function placesOf(count: number): number[] {
  const places = [0];
  while (places.at(-1)! < count - 1)
    places.push(
      Math.min(count - 1, Math.ceil(places.at(-1)! * 1.1) + (places.length < 12 ? 1 : 0)),
    );
  return places;
}

function spectrumFigure({ summary, estimates }: AtlasMember): PageFigure {
  const title = `Spectrum of ${titleOf(summary)}`;
  const places = placesOf(estimates[0].eigenvalues.length);
  const series = estimates.map(({ eigenvalues }, i) => {
    const sum = eigenvalues.reduce((all, x) => all + Math.max(0, x), 0);
    return {
      label: `seed ${summary.seeds[i]}`,
      x: places,
      y: places.map(place => eigenvalues[place] / sum),
      points: false,
      dashed: i === 1,
    };
  });
  return {
    name: `${summary.name}-spectrum`,
    caption: `${title}: eigenvalues as shares of their sum, of both estimates`,
    svg: chart({
      title,
      width: 480,
      height: 300,
      x: { title: 'index', scale: 'symlog', whole: true },
      y: { title: 'share of the sum', scale: 'log', domain: axisOf(series.map(({ y }) => y)) },
      series,
    }),
  };
}

/** Smaller than this beside the largest, eigenvalues are rounding errors and would stretch the axis. */
const smallestShown = 1e-8;

function axisOf(all: readonly (readonly number[])[]): [number, number] {
  const values = all.flat().filter(x => x > 0);
  const most = Math.max(...values);
  const least = Math.min(...values.filter(x => x > most * smallestShown));
  return [least / 1.5, most * 1.5];
}
