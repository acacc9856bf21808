import { fourierEnergy } from '@nads/linalg';
import type { ImageShape } from '@nads/basis';
import { gallery } from '@nads/report';

/** Directions with their eigenvalues. */
interface Shown {
  /** [k × C·H·W]. */
  readonly nads: Float32Array;
  readonly eigenvalues: Float64Array;
}

/** NADs that a gallery shows. */
const shown = 24;

/** The first NADs over their Fourier energy. @param channels that are shown, from the first on. */
export function nadsGallery({ nads, eigenvalues }: Shown, image: ImageShape, channels: number) {
  const area = image.height * image.width;
  const pixels = image.channels * area;
  const count = Math.min(shown, eigenvalues.length);
  const images = Array.from({ length: count }, (_, i) =>
    nads.subarray(i * pixels, i * pixels + channels * area),
  );
  return gallery({
    directions: images,
    energies: images.map(nad => energyOf(nad, image.height, image.width)),
    height: image.height,
    width: image.width,
    channels: channels === 3 ? 3 : 1,
    labels: images.map((_, i) => `${i}`),
    eigenvalues: eigenvalues.subarray(0, count),
  });
}

/** Fourier energy, summed over channels. */
function energyOf(nad: Float32Array, height: number, width: number): Float64Array {
  const area = height * width;
  const sum = new Float64Array(area);
  for (let at = 0; at < nad.length; at += area)
    fourierEnergy(nad.subarray(at, at + area), height, width).forEach((x, i) => (sum[i] += x));
  return sum;
}
