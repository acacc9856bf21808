import { join } from 'node:path';
import { encodeNpz, type NdArray } from '@nads/dataset';
import { encodePng, page } from '@nads/report';
import { nodeRuntime } from '@nads/runtime/node';
import type { TrainedModel } from '../models/trained-model.js';
import type { DataGradients } from './analyze-gradients.js';
import type { Nads } from './analyze-nads.js';
import type { AnalysisNumbers } from './analyze-numbers.js';
import {
  analysisGallery,
  energyChart,
  fourierChart,
  overlapChart,
  spectrumChart,
} from './analyze-pictures.js';
import { analysisTables } from './analyze-tables.js';
import type { AnalyzeOptions } from './analyze.js';

/** All that an analysis is written from. */
export interface Analysis {
  readonly trained: TrainedModel;
  readonly options: AnalyzeOptions;
  readonly which: 'true' | 'predicted';
  readonly gradients: DataGradients;
  readonly nads: Nads | undefined;
  readonly numbers: AnalysisNumbers;
  /** What was analysed, in a few lines. */
  readonly lines: readonly string[];
}

/** The files of an analysis with their contents. */
export function analysisFiles(out: string, analysis: Analysis): [string, Uint8Array | string][] {
  const { numbers, nads, trained, lines } = analysis;
  const picture = analysisGallery(numbers, nads, trained.image);
  const charts: [file: string, caption: string, contents: string][] = [
    ['spectrum.svg', 'Eigenvalues overall and per class', spectrumChart(numbers, nads)],
    ...(numbers.comparison
      ? ([
          [
            'overlap.svg',
            'Share of the leading subspaces of data gradients that lies in those of the NADs',
            overlapChart(numbers),
          ],
          [
            'energy.svg',
            'Share of the energy of data gradients in the first NADs',
            energyChart(numbers),
          ],
        ] as const satisfies readonly [string, string, string][])
      : []),
    ['fourier.svg', 'Fourier energy over spatial frequency', fourierChart(numbers)],
  ];
  const html = page({
    title: `Data gradients of ${trained.loaded.file}`,
    paragraphs: lines,
    pictures: [
      {
        file: 'gallery.png',
        caption:
          'Leading eigenvectors of data gradients over their Fourier energy, and NADs. Left below: number from 0; right: share of the energy.',
      },
      ...charts.map(([file, caption]) => ({ file, caption })),
    ],
    tables: analysisTables(numbers),
  });
  return [
    [join(out, 'analysis.json'), `${JSON.stringify(summary(analysis), null, 2)}\n`],
    [join(out, 'analysis.npz'), encodeNpz(arrays(analysis))],
    [join(out, 'gallery.png'), encodePng(picture)],
    ...charts.map(([file, , contents]): [string, string] => [join(out, file), contents]),
    [join(out, 'index.html'), html],
  ];
}

function arrays({ numbers, gradients, trained }: Analysis): Record<string, NdArray> {
  const { spectrum, classes, comparison } = numbers;
  const { height, width } = trained.image;
  const most = spectrum.eigenvectors.rows;
  const perClass = new Float64Array(classes.length * most);
  classes.forEach(({ spectrum: own }, i) =>
    perClass.set(own.eigenvalues.subarray(0, most), i * most),
  );
  const map = (data: Float64Array): NdArray => ({ dtype: 'float64', shape: [height, width], data });
  const list = (data: Float64Array): NdArray => ({ dtype: 'float64', shape: [data.length], data });
  return {
    eigenvectors: float32(spectrum.eigenvectors.data, [most, spectrum.eigenvectors.columns]),
    eigenvalues: list(spectrum.eigenvalues),
    class_eigenvalues: { dtype: 'float64', shape: [classes.length, most], data: perClass },
    ...Object.fromEntries(
      classes.map(({ spectrum: own }, i) => [
        `class_eigenvectors_${i}`,
        float32(own.eigenvectors.data, [own.eigenvectors.rows, own.eigenvectors.columns]),
      ]),
    ),
    fourier_energy: map(gradients.energy),
    ...(comparison && { energy_in_nads: list(comparison.cumulativeEnergy) }),
    ...(comparison?.energy && { nad_fourier_energy: map(comparison.energy) }),
  };
}

const float32 = (data: Float64Array, shape: readonly number[]): NdArray => ({
  dtype: 'float32',
  shape,
  data: Float32Array.from(data),
});

const degrees = (radians: number): number => (radians * 180) / Math.PI;

function summary({ trained, options, which, gradients, nads, numbers }: Analysis) {
  const { loaded, image, preprocessing, description } = trained;
  const { images, correct } = gradients;
  const { channels, height, width } = image;
  return {
    model: { file: loaded.file, sha256: loaded.sha256 },
    data: options.data,
    preprocessing: { ...preprocessing, description },
    image: { channels, height, width },
    settings: { seed: options.seed, of: options.of, class: which, top: options.top },
    images,
    accuracy: correct === undefined ? null : correct / images,
    trace: numbers.trace,
    effective_rank: numbers.effectiveRank ?? null,
    eigenvalues: [...numbers.spectrum.eigenvalues.subarray(0, options.top)],
    fourier: profileSummary(numbers.profile),
    classes: numbers.classes.map(found => ({
      name: found.name,
      images: found.images,
      accuracy: found.correct === undefined ? null : found.correct / found.images,
      trace: found.trace,
      effective_rank: found.effectiveRank ?? null,
      eigenvalues: [...found.spectrum.eigenvalues.subarray(0, options.top)],
      overlap: found.shares?.map(({ overlap }) => overlap) ?? null,
    })),
    nads: nads && numbers.comparison ? nadSummary(nads, numbers.comparison) : null,
    runtime: nodeRuntime.name,
  };
}

const profileSummary = ({
  low,
  lowChance,
  frequency,
  share,
  chance,
}: AnalysisNumbers['profile']) => ({
  below_half_nyquist: low,
  white_noise_below_half_nyquist: lowChance,
  frequency: [...frequency],
  share: [...share],
  white_noise: [...chance],
});

function nadSummary(nads: Nads, comparison: NonNullable<AnalysisNumbers['comparison']>) {
  return {
    source: nads.source,
    networks: nads.networks ?? null,
    tied: nads.tied,
    half_split_overlap: Object.fromEntries(
      (nads.stability ?? []).map(({ top, halfSplitOverlap }) => [top, halfSplitOverlap]),
    ),
    overlap: comparison.shares,
    channel_overlap: comparison.channelShares,
    principal_angles_degrees: Object.fromEntries(
      comparison.angles.map(({ share, angles }) => [share.top, [...angles].map(degrees)]),
    ),
    cumulative_energy: [...comparison.cumulativeEnergy],
    fourier: comparison.profile ? profileSummary(comparison.profile) : null,
  };
}
