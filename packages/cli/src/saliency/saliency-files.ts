import { join } from 'node:path';
import { encodeNpy } from '@nads/dataset';
import type { ImageShape } from '@nads/probe';
import {
  above,
  beside,
  encodePng,
  enlarge,
  heatMap,
  heatOverlay,
  pad,
  pictureImage,
  textImage,
  type RasterImage,
} from '@nads/report';
import { nodeRuntime } from '@nads/runtime/node';
import type { TrainedModel } from '../models/trained-model.js';
import type { Attributions, Method } from './saliency-methods.js';
import type { SaliencyOptions } from './saliency.js';

/** What was found of one picture. */
export interface SaliencyResult extends Attributions {
  readonly file: string;
  /** What its files begin with. */
  readonly name: string;
  readonly output: number;
  readonly predicted: number;
}

/** Attributions have a sign; of gradients only the size says how much a pixel matters. */
const signed: Readonly<Record<Method, boolean>> = {
  gradient: false,
  'gradient-x-input': true,
  integrated: true,
  smooth: false,
};

/**
 * A .npy [C, H, W] and a .png for every method: the picture, the map, the map over the picture.
 * @param shown the picture as the model sees it, [C·H·W] from 0 to 1.
 */
export function saliencyFiles(
  out: string,
  { name, maps }: SaliencyResult,
  shown: Float32Array,
  shape: ImageShape,
): [string, Uint8Array][] {
  return [...maps].flatMap(([method, map]): [string, Uint8Array][] => [
    [join(out, `${name}.${method}.npy`), array(map, shape)],
    [join(out, `${name}.${method}.png`), encodePng(panels(map, method, shown, shape))],
  ]);
}

const array = (map: Float64Array, { channels, height, width }: ImageShape): Uint8Array =>
  encodeNpy({
    dtype: 'float32',
    shape: [channels, height, width],
    data: Float32Array.from(map),
  });

/** About how wide a picture is drawn, in pixels. */
const usualWidth = 256;

function panels(
  map: Float64Array,
  method: Method,
  shown: Float32Array,
  { channels, height, width }: ImageShape,
): RasterImage {
  const area = height * width;
  const picture = pictureImage(channels === 3 ? shown : shown.subarray(0, area), height, width);
  const values = overChannels(map, area, signed[method]);
  const options = { values, height, width, signed: signed[method] };
  const factor = Math.max(1, Math.round(usualWidth / width));
  const panel = (image: RasterImage, caption: string): RasterImage =>
    above([enlarge(image, factor), textImage(caption, 2)], 4);
  const margin = 12;
  return pad(
    beside(
      [
        panel(picture, 'image'),
        panel(heatMap(options), method),
        panel(heatOverlay(picture, options), 'overlay'),
      ],
      margin,
    ),
    { top: margin, right: margin, bottom: margin, left: margin },
  );
}

/** Attributions summed over channels; of values without a sign the largest magnitude (Simonyan et al. 2014). */
function overChannels(map: Float64Array, area: number, withSign: boolean): Float64Array {
  const values = new Float64Array(area);
  map.forEach((value, i) => {
    const at = i % area;
    values[at] = withSign ? values[at] + value : Math.max(values[at], Math.abs(value));
  });
  return values;
}

/** What saliency.json holds. */
export function saliencySummary(
  { loaded, preprocessing, description }: TrainedModel,
  options: SaliencyOptions,
  results: readonly SaliencyResult[],
) {
  return {
    model: { file: loaded.file, sha256: loaded.sha256 },
    preprocessing: { ...preprocessing, description },
    settings: {
      of: options.of,
      methods: options.method,
      steps: options.steps,
      baseline: options.baseline,
      samples: options.samples,
      noise: options.noise,
      seed: options.seed,
    },
    images: results.map(({ file, name, output, predicted, maps, completeness }) => ({
      file,
      output,
      predicted,
      ...(completeness && {
        completeness: {
          sum: completeness.sum,
          value: completeness.value,
          baseline_value: completeness.baselineValue,
          relative_gap: Number.isNaN(completeness.gap) ? null : completeness.gap,
        },
      }),
      maps: Object.fromEntries(
        [...maps.keys()].map(method => [
          method,
          { array: `${name}.${method}.npy`, picture: `${name}.${method}.png` },
        ]),
      ),
    })),
    runtime: nodeRuntime.name,
  };
}
