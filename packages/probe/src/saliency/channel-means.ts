import type { ImageShape } from '@nads/basis';

/** The image whose every channel is one number, the mean of that channel: [C·H·W]. */
export function channelMeans(image: Float32Array, { height, width }: ImageShape): Float32Array {
  const area = height * width;
  const means = new Float32Array(image.length);
  for (let first = 0; first < image.length; first += area) {
    const plane = image.subarray(first, first + area);
    means.fill(plane.reduce((sum, x) => sum + x, 0) / area, first, first + area);
  }
  return means;
}
