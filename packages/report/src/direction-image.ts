import { channelsImage, divergingImage } from './colour-map.js';
import type { RasterImage } from './image.js';

/**
 * A direction in its own scale: three channels in colour around mid grey; of any other number, channels stand one above the other in
 * blue (−), white (0) and red (+).
 * @param values channels · height · width
 * @throws if they are another number, or not all finite
 */
export function directionImage(
  values: ArrayLike<number>,
  {
    channels,
    height,
    width,
  }: { readonly channels: number; readonly height: number; readonly width: number },
): RasterImage {
  if (channels === 3) return channelsImage(values, height, width);
  return divergingImage(values, channels * height, width);
}
