import { encodeNpz, type NdArray } from '@nads/dataset';
import type { Matrix } from '@nads/linalg';
import { encodePng, page } from '@nads/report';
import type { NamedFile } from '../store.js';
import { analysisLines } from './analysis-lines.js';
import {
  analysisGallery,
  energyChart,
  fourierChart,
  overlapChart,
  spectrumChart,
} from './analysis-pictures.js';
import { analysisSummary } from './analysis-summary.js';
import { analysisTables } from './analysis-tables.js';
import type { Analysis } from './analyze.js';

/** analysis.json, analysis.npz, index.html and its pictures. */
export function analysisFiles(analysis: Analysis): NamedFile[] {
  const { numbers, nads, trained } = analysis;
  const charts = chartsOf(analysis);
  return [
    ['analysis.json', `${JSON.stringify(analysisSummary(analysis), null, 2)}\n`],
    ['analysis.npz', encodeNpz(arrays(analysis))],
    ['gallery.png', encodePng(analysisGallery(numbers, nads, trained.image))],
    ...charts.map(([file, , contents]): NamedFile => [file, contents]),
    ['index.html', pageOf(analysis, charts)],
  ];
}

/** A chart, what its file is called, and what stands under it. */
type Chart = readonly [file: string, caption: string, contents: string];

const chartsOf = ({ numbers, nads }: Analysis): Chart[] => [
  ['spectrum.svg', 'Eigenvalues overall and per class', spectrumChart(numbers, nads)],
  ...(numbers.comparison ? comparisonCharts(numbers) : []),
  ['fourier.svg', 'Fourier energy over spatial frequency', fourierChart(numbers)],
];

const comparisonCharts = (numbers: Analysis['numbers']): Chart[] => [
  [
    'overlap.svg',
    'Share of the leading subspaces of data gradients that lies in those of the NADs',
    overlapChart(numbers),
  ],
  ['energy.svg', 'Share of the energy of data gradients in the first NADs', energyChart(numbers)],
];

const pageOf = (analysis: Analysis, charts: readonly Chart[]): string =>
  page({
    title: `Data gradients of ${analysis.source.name}`,
    paragraphs: analysisLines(analysis),
    pictures: [
      {
        file: 'gallery.png',
        caption:
          'Leading eigenvectors of data gradients over their Fourier energy, and NADs. Left below: number from 0; right: share of the energy.',
      },
      ...charts.map(([file, caption]) => ({ file, caption })),
    ],
    tables: analysisTables(analysis.numbers),
  });

function arrays({ numbers, gradients, trained }: Analysis): Record<string, NdArray> {
  const { spectrum, classes, comparison } = numbers;
  const { height, width } = trained.image;
  const most = spectrum.eigenvectors.rows;
  const perClass = new Float64Array(classes.length * most);
  classes.forEach(({ spectrum: own }, i) =>
    perClass.set(own.eigenvalues.subarray(0, most), i * most),
  );
  const map = (data: Float64Array): NdArray => float64(data, [height, width]);
  return {
    eigenvectors: float32(spectrum.eigenvectors),
    eigenvalues: float64(spectrum.eigenvalues),
    class_eigenvalues: float64(perClass, [classes.length, most]),
    ...Object.fromEntries(
      classes.map(({ spectrum: own }, i) => [`class_eigenvectors_${i}`, float32(own.eigenvectors)]),
    ),
    fourier_energy: map(gradients.energy),
    ...(comparison && { energy_in_nads: float64(comparison.cumulativeEnergy) }),
    ...(comparison?.energy && { nad_fourier_energy: map(comparison.energy) }),
  };
}

const float64 = (data: Float64Array, shape: readonly number[] = [data.length]): NdArray => ({
  dtype: 'float64',
  shape,
  data,
});

const float32 = ({ rows, columns, data }: Matrix): NdArray => ({
  dtype: 'float32',
  shape: [rows, columns],
  data: Float32Array.from(data),
});
