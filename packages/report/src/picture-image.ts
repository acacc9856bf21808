import type { RasterImage } from './image.js';

/**
 * An image of numbers from 0, black, to 1 as a picture; numbers beyond are clipped.
 * @param values [C × height × width], C = 1 for grey, 3 for red, green, blue
 * @throws if there are not so many
 */
export function pictureImage(
  values: ArrayLike<number>,
  height: number,
  width: number,
): RasterImage {
  const area = height * width;
  if (values.length !== area && values.length !== 3 * area)
    throw new Error(
      `report: ${values.length} values are not a picture of ${width}×${height} in grey or colour`,
    );
  const channels = values.length / area;
  const data = Uint8Array.from({ length: 3 * area }, (_, at) => {
    const channel = channels === 1 ? 0 : at % 3;
    const value = values[channel * area + Math.floor(at / 3)];
    return Math.round(255 * Math.min(1, Math.max(0, value)));
  });
  return { width, height, data };
}
