import { diverging, sequential } from './colour-map.js';
import type { RasterImage } from './image.js';

/** Values of pixels to be drawn as a heat map. */
export interface HeatMapOptions {
  /** height × width values, rows from the top. */
  readonly values: ArrayLike<number>;
  readonly height: number;
  readonly width: number;
  /** Whether values have a sign: blue (−), white (0) and red (+); otherwise from dark violet to yellow. */
  readonly signed: boolean;
}

/** Share of the pixels, those of largest magnitude, that all take the last colour (Smilkov et al. 2017). */
const clipped = 0.01;

/**
 * Values in colours, scaled to their 99th percentile of magnitude, so that single pixels do not
 * leave the others without colour.
 * @throws if there is not one finite value for each pixel
 */
export function heatMap(options: HeatMapOptions): RasterImage {
  const { height, width, signed } = options;
  const shares = intensities(options);
  const data = new Uint8Array(3 * height * width);
  shares.forEach((share, i) =>
    data.set(signed ? diverging((1 + share) / 2) : sequential(share), 3 * i),
  );
  return { width, height, data };
}

/**
 * A heat map laid over its picture: the picture in pale grey where values are small, in the colour of the
 * map where they are large.
 * @param picture of the same height and width
 * @throws if the picture is of another size, or there is not one finite value for each pixel
 */
export function heatOverlay(picture: RasterImage, options: HeatMapOptions): RasterImage {
  const { height, width } = options;
  if (picture.width !== width || picture.height !== height)
    throw new Error(
      `report: a heat map of ${width}×${height} does not fit a picture of ${picture.width}×${picture.height}`,
    );
  const heat = heatMap(options).data;
  const data = new Uint8Array(heat.length);
  intensities(options).forEach((share, i) => {
    const opacity = Math.abs(share);
    const grey = paleGrey(picture.data.subarray(3 * i, 3 * i + 3));
    for (let c = 3 * i; c < 3 * i + 3; c++)
      data[c] = Math.round(opacity * heat[c] + (1 - opacity) * grey);
  });
  return { width, height, data };
}

/** Values as shares of their 99th percentile of magnitude: [−1, 1]. */
function intensities({ values, height, width }: HeatMapOptions): Float64Array {
  if (values.length !== height * width)
    throw new Error(`report: ${values.length} values are not a heat map of ${width}×${height}`);
  const all = Float64Array.from(values);
  const bad = all.findIndex(value => !Number.isFinite(value));
  if (bad >= 0) throw new Error(`report: value ${bad} of a heat map is ${all[bad]}`);
  const sorted = all.map(Math.abs).toSorted();
  const largest = sorted.at(-1) || 1;
  const scale = sorted[Math.floor((1 - clipped) * (sorted.length - 1))] || largest;
  return all.map(value => Math.max(-1, Math.min(1, value / scale)));
}

/** Luma (ITU-R BT.601) with half the contrast, in the light half. */
const paleGrey = ([red, green, blue]: Uint8Array): number =>
  127.5 + (0.299 * red + 0.587 * green + 0.114 * blue) / 2;
