import { pixelsOf } from '@nads/basis';
import { chart, paletteColour, type Series } from '@nads/report';
import { fileName } from '../file-name.js';
import type { Picture } from '../picture.js';
import { analysisGallery } from './analysis-gallery.js';
import type { AnalysisSummary } from './analysis-summary.js';
import type { PicturedAnalysis } from './pictured-analysis.js';

type Shares = NonNullable<AnalysisSummary['nads']>['overlap'];

/** All pictures of an analysis. */
export function analysisPictures(saved: PicturedAnalysis): Picture[] {
  return [
    {
      name: 'gallery',
      draw: () => analysisGallery(saved),
      caption: 'Leading eigenvectors of data gradients over their Fourier energy, and NADs',
    },
    {
      name: 'spectrum',
      draw: () => spectrumChart(saved),
      caption: 'Eigenvalues overall and per class',
    },
    ...(saved.summary.nads ? comparisonPictures(saved) : []),
    {
      name: 'fourier',
      draw: () => fourierChart(saved.summary),
      caption: 'Fourier energy over spatial frequency',
    },
  ];
}

const comparisonPictures = ({ summary }: PicturedAnalysis): Picture[] => [
  {
    name: 'overlap',
    draw: () => overlapChart(summary),
    caption: 'Share of the leading subspaces of data gradients that lies in those of the NADs',
  },
  {
    name: 'energy',
    draw: () => energyChart(summary),
    caption: 'Share of the energy of data gradients in the first NADs',
  },
];

/** Beside the palette: what is there for comparison. */
const [faint, grey] = ['#bbbbbb', '#555555'];

const subject = ({ model, images }: AnalysisSummary): string =>
  `${fileName(model.file)}, ${images} images`;

const fromZero = (values: ArrayLike<number>): number[] => Array.from(values, (_, i) => i);

/** Eigenvalues as shares of their trace, overall, per class, and of the NADs. */
function spectrumChart(found: PicturedAnalysis): string {
  const { summary, nadEigenvalues: nads } = found;
  const shares = (label: string | undefined, values: Float64Array, total: number): Series => ({
    label,
    x: fromZero(values),
    y: values.map(value => value / total),
    points: false,
  });
  const perClass = summary.classes.map((one, i) => ({
    ...shares(i === 0 ? 'each class' : undefined, found.classEigenvalues[i], one.trace),
    colour: faint,
  }));
  return chart({
    series: [
      ...perClass,
      {
        ...shares('all images', found.eigenvalues, summary.trace),
        colour: paletteColour(0),
      },
      ...(nads ? [{ ...shares('NADs', nads, sum(nads)), colour: paletteColour(1) }] : []),
    ],
    x: { title: 'index of the eigenvector', scale: 'symlog', whole: true },
    y: { title: 'share of E‖∇f‖²', scale: 'log', domain: [1e-6, 1] },
    title: `Eigenvalues of data gradients of ${subject(summary)}`,
  });
}

const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);

/** How much of the leading subspaces of data gradients lies in those of the NADs, for every k. */
function overlapChart(summary: AnalysisSummary): string {
  const { overlap, channel_overlap: perChannel } = summary.nads!;
  const line = (label: string, of: Shares): Series => ({
    label,
    x: of.map(({ top }) => top),
    y: of.map(one => one.overlap),
    points: false,
  });
  const chance = (label: string, of: Shares): Series => ({
    ...line(label, of),
    y: of.map(one => one.chance),
    dashed: true,
    colour: grey,
  });
  const least = Math.min(...[...overlap, ...perChannel.flat()].map(one => one.chance));
  return chart({
    series: [
      line('whole images', overlap),
      ...perChannel.map((of, c) => line(`channel ${c}`, of)),
      chance('chance', overlap),
      ...perChannel
        .slice(0, 1)
        .map(of => ({ ...chance('chance in a channel', of), colour: faint })),
    ],
    x: { title: 'dimensions k of the subspaces', scale: 'log', whole: true },
    y: { title: 'overlap, 1 = the same', scale: 'log', domain: [least / 1.5, 1.1] },
    title: `Leading data gradients in the first NADs: ${subject(summary)}`,
  });
}

/** Share of the energy of data gradients in the span of the first NADs, for every k. */
function energyChart(summary: AnalysisSummary): string {
  const y = summary.nads!.cumulative_energy;
  const x = y.map((_, i) => i + 1);
  const dimension = pixelsOf(summary.image);
  return chart({
    series: [
      { label: 'data gradients', x, y, points: false },
      {
        label: 'chance',
        x,
        y: x.map(k => k / dimension),
        points: false,
        dashed: true,
        colour: grey,
      },
    ],
    x: { title: 'number k of NADs', scale: 'log', whole: true },
    y: { title: 'share of E‖∇f‖²', scale: 'log', domain: [0.66 / dimension, 1.1] },
    title: `Energy of data gradients in the first k NADs: ${subject(summary)}`,
  });
}

/** Fourier energy over the length of frequencies, beside that of white noise. */
function fourierChart(summary: AnalysisSummary): string {
  const { fourier, nads } = summary;
  const { frequency } = fourier;
  const line = (label: string, y: number[]): Series => ({ label, x: frequency, y });
  return chart({
    series: [
      line('data gradients', fourier.share),
      ...(nads?.fourier ? [line('NADs', nads.fourier.share)] : []),
      { ...line('white noise', fourier.white_noise), dashed: true, points: false, colour: grey },
    ],
    x: { title: 'spatial frequency, 1 = Nyquist' },
    y: { title: 'share of Fourier energy' },
    rules: [{ axis: 'x', at: 0.5, label: 'half of Nyquist' }],
    title: `Radial profile of Fourier energy: ${subject(summary)}`,
  });
}
