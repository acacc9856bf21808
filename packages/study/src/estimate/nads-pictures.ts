import { spectrum } from '@nads/report';
import { fileName } from '../file-name.js';
import type { Picture } from '../picture.js';
import { nadsGallery } from './nads-gallery.js';
import type { NadsSummary } from './nads-summary.js';

/** Directions that were found, as they are drawn. */
export interface PicturedNads {
  /** [k × C·H·W] */
  readonly nads: Float32Array | Float64Array;
  /** Of each direction: [k], as of their standard errors; NaN where these are unknown. */
  readonly eigenvalues: Float64Array;
  readonly standardErrors: Float64Array;
  /** The directions of one channel, where those of whole images are these in every channel: [k/C × H·W]. */
  readonly channelNads?: Float32Array | Float64Array;
}

/** The first NADs over their Fourier energy, and the eigenvalues. Directions that are the same in every channel are drawn once. */
export function nadsPictures(found: PicturedNads, summary: NadsSummary): Picture[] {
  const { channels } = summary.image;
  const copies = found.channelNads ? channels : 1;
  const once = (values: Float64Array): Float64Array => values.filter((_, i) => i % copies === 0);
  const drawn = {
    nads: found.channelNads ?? found.nads,
    eigenvalues: once(found.eigenvalues),
    standardErrors: once(found.standardErrors),
  };
  const image = { ...summary.image, channels: channels / copies };
  const floor = summary.noise_floor;
  const resolved = floor ? floor.index / copies : undefined;
  const title = `NADs of ${subject(summary, copies)}`;
  return [
    {
      name: 'gallery',
      draw: () => nadsGallery(drawn, image, title, resolved),
      caption: 'The first NADs, each above its Fourier energy',
    },
    {
      name: 'spectrum',
      draw: () => nadsSpectrum(drawn, summary, copies),
      caption: 'Eigenvalues ± one standard error, and what noise alone would show',
    },
  ];
}

function subject(summary: NadsSummary, copies: number): string {
  const { model, networks, settings, so_far: isSoFar } = summary;
  const number = `${networks} network${networks === 1 ? '' : 's'}${isSoFar ? ' so far' : ''}`;
  const count = settings.probe === 'mixed' ? '' : `, ${number}`;
  return `${fileName(model.file)}${copies > 1 ? ', in each channel' : ''}${count}`;
}

function nadsSpectrum(
  { eigenvalues, standardErrors }: Omit<PicturedNads, 'channelNads'>,
  summary: NadsSummary,
  copies: number,
): string {
  const { settings, noise_floor: floor } = summary;
  const isMixed = settings.probe === 'mixed';
  return spectrum({
    eigenvalues,
    standardErrors,
    noiseFloor: floor ? { ...floor, index: floor.index / copies } : undefined,
    title: `${isMixed ? 'Squared singular values of ∂²f/∂θ∂x' : 'Eigenvalues'} of ${subject(summary, copies)}`,
    quantity: isMixed ? 'squared singular value' : 'eigenvalue',
    indexScale: 'symlog',
  });
}
