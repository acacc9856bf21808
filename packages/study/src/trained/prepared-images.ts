import { pixelsOf } from '@nads/basis';
import type { LabelledImages } from '@nads/dataset';
import type { ImageInput } from '@nads/onnx';
import { digest } from '../source-model.js';
import {
  choosePreprocessing,
  preprocessingOfInput,
  type StatedPreprocessing,
} from './choose-preprocessing.js';
import { prepareImages } from './trained-model.js';

/** Images as a model takes them. */
export interface PreparedImages {
  /** The preprocessing in one line. */
  readonly description: string;
  /** [n × C·H·W] */
  readonly all: Float32Array;
  readonly at: (image: number) => Float32Array;
  /** Of all. */
  readonly sha256: string;
}

/** All images of a set as a model takes them. @throws OptionError where they do not come out as its input */
export function preparedImages(
  image: ImageInput,
  images: LabelledImages,
  stated: readonly StatedPreprocessing[] = [],
): PreparedImages {
  const chosen = choosePreprocessing([...stated, preprocessingOfInput(image)]);
  const preprocessing = { ...chosen.preprocessing, layout: 'NCHW' as const };
  const pictures = Array.from({ length: images.count }, (_, i) => images.image(i));
  const all = prepareImages({ image, preprocessing }, pictures, i => images.nameOf(i));
  const pixels = pixelsOf(image);
  return {
    description: chosen.description,
    all,
    at: i => all.subarray(i * pixels, (i + 1) * pixels),
    sha256: digest(new Uint8Array(all.buffer, all.byteOffset, all.byteLength)),
  };
}
