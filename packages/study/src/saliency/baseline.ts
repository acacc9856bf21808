import { pixelsOf } from '@nads/basis';
import { preprocess } from '@nads/dataset';
import { OptionError } from '@nads/linalg';
import { channelMeans } from '@nads/probe';
import type { TrainedModel } from '../trained/trained-model.js';

/** An image as a model takes it, and what it is called. */
export interface NamedImage {
  readonly name: string;
  /** [C·H·W] */
  readonly image: Float32Array;
}

/** The baseline of integrated gradients: a black picture, each channel at its own mean, or an image. */
export type Baseline = 'zero' | 'mean' | NamedImage;

/** The baseline that goes with a preprocessed image [C·H·W]. @throws OptionError where it is of another size */
export function baselineOf(
  baseline: Baseline,
  { image, preprocessing }: TrainedModel,
): (x: Float32Array) => Float32Array {
  if (baseline === 'mean') return x => channelMeans(x, image);
  if (baseline !== 'zero') {
    const given = fitting(baseline, pixelsOf(image));
    return () => given;
  }
  const data = new Uint8Array(pixelsOf(image));
  const black = { dims: [image.channels, image.height, image.width], data } as const;
  const start = preprocess([black], preprocessing, () => 'the black picture').data;
  return () => start;
}

function fitting({ name, image }: NamedImage, pixels: number): Float32Array {
  if (image.length === pixels) return image;
  throw new OptionError(
    'baseline',
    `${name} has ${image.length} numbers, an image of the model has ${pixels}`,
  );
}
