import type { ImageShape } from '@nads/basis';
import { fourierEnergy } from '@nads/linalg';

/** Energy of an image [C·H·W] at every spatial frequency, summed over channels: [H·W], zero in the middle. */
export function imageEnergy(
  image: Float32Array | Float64Array,
  { height, width }: Pick<ImageShape, 'height' | 'width'>,
): Float64Array {
  const area = height * width;
  const sum = new Float64Array(area);
  for (let first = 0; first < image.length; first += area) {
    const energy = fourierEnergy(image.subarray(first, first + area), height, width);
    for (let i = 0; i < area; i++) sum[i] += energy[i];
  }
  return sum;
}
