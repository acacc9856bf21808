import * as z from 'zod/mini';
import { modelRecord } from '../model-record.js';
import type { DynamicMeasure, Measures } from './measures.js';

/** Sides of kernels that pictures are drawn of. */
const kernel = z.int().check(z.positive(), z.maximum(64));

/** measures.json. */
export const measuresSchema = z.looseObject({
  format: z.literal('measures'),
  version: z.int(),
  model: z.looseObject({ file: z.string(), sha256: z.string() }),
  static: z.array(
    z.looseObject({
      layer: z.string(),
      kind: z.enum(['diagonal', 'unconstrained']),
      kernel,
      /** Singular values, largest first. */
      spectrum: z.array(z.number()),
      /** d [k²] or M [k² × k²], row-major. */
      values: z.array(z.number()),
    }),
  ),
  dynamic: z.array(
    z.looseObject({
      layer: z.string(),
      kernel,
      /** d of each place of the kernel over the pixels of the image. */
      places: z.array(z.looseObject({ mean: z.number(), deviation: z.number() })),
    }),
  ),
});

/** measures.json. */
export type MeasuresSummary = z.infer<typeof measuresSchema>;

/** Measures in plain numbers. */
export const measuresSummary = ({ source, fixed, dynamic }: Measures): MeasuresSummary => ({
  format: 'measures',
  version: 1,
  model: modelRecord(source),
  static: fixed.map(({ title, spectrum, values, ...rest }) => ({
    layer: title,
    kind: rest.kind,
    kernel: rest.kernel,
    spectrum: [...spectrum],
    values: [...values],
  })),
  dynamic: dynamic.map(one => ({ layer: one.title, kernel: one.kernel, places: perPlace(one) })),
});

/** Mean and standard deviation of d over the pixels, of each place of the kernel. */
function perPlace({ kernel, diagonals }: DynamicMeasure) {
  const pixels = diagonals.length / kernel ** 2;
  return Array.from({ length: kernel ** 2 }, (_, place) => {
    const values = diagonals.subarray(place * pixels, (place + 1) * pixels);
    const mean = values.reduce((sum, d) => sum + d, 0) / pixels;
    const variance = values.reduce((sum, d) => sum + (d - mean) ** 2, 0) / pixels;
    return { mean, deviation: Math.sqrt(variance) };
  });
}

/** Measures in words, a line for each. */
export const measuresText = ({ fixed, dynamic, dynamicLayers }: Measures): string[] => [
  ...fixed.map(
    ({ title, kind, kernel, spectrum }) =>
      `${title}: ${kind}, ${kernel}×${kernel}, singular values from ${spectrum[0].toFixed(3)} to ${spectrum.at(-1)!.toFixed(3)}`,
  ),
  ...dynamic.map(one => {
    const places = perPlace(one).map(
      ({ mean, deviation }) => `${mean.toFixed(3)} ± ${deviation.toFixed(3)}`,
    );
    return `${one.title}: dynamic, ${one.kernel}×${one.kernel}, d over the image ${places.join(', ')}`;
  }),
  ...(dynamic.length === 0 && dynamicLayers.length > 0
    ? [`${dynamicLayers.join(', ')}: dynamic; \`data\` shows them over an image`]
    : []),
];
