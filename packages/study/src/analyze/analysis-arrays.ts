import type { NdArray } from '@nads/dataset';
import type { Matrix } from '@nads/linalg';
import type { Analysis } from './analyze.js';

/** NADs that analysis.npz holds, for its pictures. */
const shownNads = 12;

/** Arrays by name, as in analysis.npz. */
export type AnalysisArrays = ReadonlyMap<string, NdArray>;

/** What analysis.npz holds. */
export function analysisArrays(analysis: Analysis): AnalysisArrays {
  const { numbers, gradients, nads, trained } = analysis;
  const { spectrum, classes, comparison } = numbers;
  const { height, width } = trained.image;
  const most = spectrum.eigenvectors.rows;
  const perClass = new Float64Array(classes.length * most);
  classes.forEach(({ spectrum: own }, i) =>
    perClass.set(own.eigenvalues.subarray(0, most), i * most),
  );
  const map = (data: Float64Array): NdArray => float64(data, [height, width]);
  const shown = nads && (nads.channelRows ?? nads.rows);
  return new Map(
    Object.entries({
      eigenvectors: float32(spectrum.eigenvectors),
      eigenvalues: float64(spectrum.eigenvalues),
      class_eigenvalues: float64(perClass, [classes.length, most]),
      ...Object.fromEntries(
        classes.map(({ spectrum: own }, i) => [
          `class_eigenvectors_${i}`,
          float32(own.eigenvectors),
        ]),
      ),
      fourier_energy: map(gradients.energy),
      ...(comparison && { energy_in_nads: float64(comparison.cumulativeEnergy) }),
      ...(comparison?.energy && { nad_fourier_energy: map(comparison.energy) }),
      ...(shown && { leading_nads: float32(leading(shown)) }),
      ...(nads?.eigenvalues && { nad_eigenvalues: float64(nads.eigenvalues) }),
    }),
  );
}

const leading = ({ rows, columns, data }: Matrix): Matrix => {
  const count = Math.min(shownNads, rows);
  return { rows: count, columns, data: data.subarray(0, count * columns) };
};

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
