import { rowBasis, type RowBasis } from '../directions/row-basis.js';
import { openPixels, type PixelSet, type PixelSetOptions } from './pixel-set.js';

/** How a set is opened, and what its coefficients are taken along. */
export interface SetAlongOptions extends PixelSetOptions {
  readonly nads?: string;
  readonly basis?: string;
  readonly seed: number;
}

/** A set of pictures, and directions of them. */
export interface SetAlong extends PixelSet {
  readonly basis: RowBasis;
  /** Which directions: `nads:FILE` or a basis by name. */
  readonly source: string;
  /** Whether directions are of one channel, though images have several. */
  readonly isByChannel: boolean;
}

/** @throws one line that names the option, the file or the image. */
export function openAlong(options: SetAlongOptions): SetAlong {
  const source = sourceOf(options);
  const pixels = openPixels(options);
  const [channels, height, width] = pixels.dims;
  const basis = rowBasis(source, { channels, height, width }, options.seed);
  return { ...pixels, basis, source, isByChannel: basis.columns < channels * height * width };
}

function sourceOf({ nads, basis }: SetAlongOptions): string {
  if (nads !== undefined && basis === undefined) return `nads:${nads}`;
  if (basis !== undefined && nads === undefined) return basis;
  throw new Error('give either --nads or --basis: along which directions?');
}
