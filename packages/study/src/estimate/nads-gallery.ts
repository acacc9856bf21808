import type { ImageShape } from '@nads/basis';
import { imageEnergy } from '@nads/probe';
import { gallery, type Sheet } from '@nads/report';

/** Directions with their eigenvalues. */
interface Shown {
  /** [k × C·H·W]. */
  readonly nads: Float32Array | Float64Array;
  readonly eigenvalues: Float64Array;
  /** NaN where unknown. */
  readonly standardErrors: Float64Array;
}

/** NADs that a gallery shows. */
const shown = 24;

/** The first NADs over their Fourier energy. @param resolved so many of the first are distinguishable from noise */
export function nadsGallery(
  { nads, eigenvalues, standardErrors }: Shown,
  { channels, height, width }: ImageShape,
  title: string,
  resolved?: number,
): Sheet {
  const pixels = channels * height * width;
  const count = Math.min(shown, eigenvalues.length);
  const directions = Array.from({ length: count }, (_, i) =>
    nads.subarray(i * pixels, (i + 1) * pixels),
  );
  const isKnown = standardErrors.some(Number.isFinite);
  return gallery({
    directions,
    energies: directions.map(nad => imageEnergy(nad, { height, width })),
    height,
    width,
    channels,
    values: eigenvalues.subarray(0, count),
    ...(isKnown && { errors: standardErrors.subarray(0, count) }),
    resolved,
    title,
    legend: `Numbers: index from 0, eigenvalue${isKnown ? ' ± standard error' : ''}.`,
  });
}
