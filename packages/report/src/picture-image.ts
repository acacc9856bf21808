import type { RasterImage } from './image.js';

/**
 * An image of numbers from 0, black, to 1 as a picture; numbers beyond are clipped.
 * @param values [C × height × width], C = 3 for red, green, blue; of any other number their mean in grey
 * @throws if they are no whole number of channels
 */
export function pictureImage(
  values: ArrayLike<number>,
  height: number,
  width: number,
): RasterImage {
  const area = height * width;
  const channels = values.length / area;
  if (channels < 1 || !Number.isInteger(channels))
    throw new Error(
      `report: ${values.length} values are not a picture of ${width}×${height} in whole channels`,
    );
  const levels = channels === 3 ? values : greyOf(values, area);
  const data = Uint8Array.from({ length: 3 * area }, (_, at) => {
    const pixel = Math.floor(at / 3);
    const value = channels === 3 ? levels[(at % 3) * area + pixel] : levels[pixel];
    return Math.round(255 * Math.min(1, Math.max(0, value)));
  });
  return { width, height, data };
}

/** Mean over channels. */
function greyOf(values: ArrayLike<number>, area: number): Float64Array {
  const mean = new Float64Array(area);
  for (let i = 0; i < values.length; i++) mean[i % area] += values[i];
  return mean.map(sum => (sum * area) / values.length);
}
