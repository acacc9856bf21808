import type { ImageShape } from '@nads/basis';
import { row, type Matrix } from '@nads/linalg';
import { imageEnergy, type SubspaceShare } from '@nads/probe';
import {
  above,
  beside,
  chart,
  gallery,
  textImage,
  type RasterImage,
  type Series,
} from '@nads/report';
import type { AnalysisNumbers } from './analysis-numbers.js';
import type { ComparedNads } from './compared-nads.js';

/** Directions of each kind that the gallery shows. */
const shown = 12;

/** Leading eigenvectors of data gradients over their Fourier energy, NADs beside them. */
export function analysisGallery(
  { spectrum, trace }: AnalysisNumbers,
  nads: ComparedNads | undefined,
  shape: ImageShape,
): RasterImage {
  const shares = spectrum.eigenvalues.map(value => value / trace);
  const panels = [titled('data gradients', spectrum.eigenvectors, shape, shares)];
  if (nads?.channelRows)
    panels.push(titled('NADs, in each channel', nads.channelRows, { ...shape, channels: 1 }));
  else if (nads) panels.push(titled('NADs', nads.rows, shape));
  return beside(panels, 24);
}

function titled(
  title: string,
  rows: Matrix,
  { channels, height, width }: ImageShape,
  eigenvalues?: Float64Array,
): RasterImage {
  const area = height * width;
  const whole = Array.from({ length: Math.min(shown, rows.rows) }, (_, i) => row(rows, i));
  // of other than one or three channels the first is drawn
  const drawn = channels === 3 ? whole : whole.map(values => values.subarray(0, area));
  const picture = gallery({
    directions: drawn,
    energies: whole.map(values => imageEnergy(values, { height, width })),
    height,
    width,
    channels: channels === 3 ? 3 : 1,
    labels: drawn.map((_, i) => String(i)),
    eigenvalues: eigenvalues?.subarray(0, drawn.length),
    columns: 4,
  });
  return above([textImage(`  ${title}`, 2), picture], 4);
}

const counting = (values: ArrayLike<number>): number[] => Array.from(values, (_, i) => i + 1);

/** Eigenvalues as shares of their trace, overall, per class, and of the NADs. */
export function spectrumChart(
  { spectrum, trace, classes }: AnalysisNumbers,
  nads?: ComparedNads,
): string {
  const faint = '#bbbbbb';
  const series: Series[] = classes.map(({ spectrum: own, trace: all }, i) => ({
    label: i === 0 ? 'each class' : undefined,
    x: counting(own.eigenvalues),
    y: own.eigenvalues.map(value => value / all),
    colour: faint,
    points: false,
  }));
  series.push({
    label: 'all images',
    x: counting(spectrum.eigenvalues),
    y: spectrum.eigenvalues.map(value => value / trace),
    points: false,
  });
  if (nads?.eigenvalues) {
    const total = nads.eigenvalues.reduce((a, b) => a + b, 0);
    series.push({
      label: 'NADs',
      x: counting(nads.eigenvalues),
      y: nads.eigenvalues.map(value => value / total),
      points: false,
      dashed: true,
    });
  }
  return chart({
    series,
    x: { title: 'index', scale: 'log' },
    y: { title: 'share of E‖∇f‖²', scale: 'log', domain: [1e-6, 1] },
    title: 'Eigenvalues of data gradients',
  });
}

/** How much of the leading subspaces of data gradients lies in those of the NADs, for every k. */
export function overlapChart({ comparison }: AnalysisNumbers): string {
  const { shares, channelShares } = comparison!;
  const line = (of: readonly SubspaceShare[], rest: Omit<Series, 'x' | 'y'>): Series => ({
    x: of.map(({ top }) => top),
    y: of.map(({ overlap }) => overlap),
    points: false,
    ...rest,
  });
  const chance = (of: readonly SubspaceShare[], rest: Omit<Series, 'x' | 'y'>): Series => ({
    ...line(of, rest),
    y: of.map(share => share.chance),
    dashed: true,
  });
  return chart({
    series: [
      line(shares, { label: 'whole images' }),
      ...channelShares.map((of, c) => line(of, { label: `channel ${c}` })),
      chance(shares, { label: 'chance', colour: '#666666' }),
    ],
    x: { title: 'k', scale: 'log' },
    y: { title: 'overlap', domain: [0, 1] },
    title: 'Data gradients in the span of the NADs',
  });
}

/** Share of the energy of data gradients in the span of the first NADs, for every k. */
export function energyChart({ comparison, spectrum }: AnalysisNumbers): string {
  const { cumulativeEnergy } = comparison!;
  const x = counting(cumulativeEnergy);
  const dimension = spectrum.eigenvectors.columns;
  return chart({
    series: [
      { label: 'data gradients', x, y: cumulativeEnergy, points: false },
      {
        label: 'chance',
        x,
        y: x.map(k => k / dimension),
        points: false,
        dashed: true,
        colour: '#666666',
      },
    ],
    x: { title: 'first k NADs', scale: 'log' },
    y: { title: 'share of E‖∇f‖²', domain: [0, 1] },
    title: 'Energy of data gradients in the NADs',
  });
}

/** Fourier energy over the length of frequencies, beside that of white noise. */
export function fourierChart({ profile, comparison }: AnalysisNumbers): string {
  const { frequency } = profile;
  const line = (label: string, share: Float64Array, rest: Partial<Series> = {}): Series => ({
    label,
    x: frequency,
    y: share,
    ...rest,
  });
  return chart({
    series: [
      line('data gradients', profile.share),
      ...(comparison?.profile ? [line('NADs', comparison.profile.share)] : []),
      line('white noise', profile.chance, { dashed: true, points: false, colour: '#666666' }),
    ],
    x: { title: 'spatial frequency, Nyquist = 1' },
    y: { title: 'share of energy' },
    rules: [{ axis: 'x', at: 0.5, label: 'half of Nyquist' }],
    title: 'Radial profile of Fourier energy',
  });
}
