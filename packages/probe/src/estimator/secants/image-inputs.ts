import { batchOf, pixelsOf, type ImageShape } from '@nads/basis';
import { float32, type Values } from '@nads/runtime';
import type { ImageBinding } from './image-binding.js';

/** The inputs of a session for these images; where it gives gradients, of the sum of all outputs. */
export function imageInputs(
  { input, layout, seed }: ImageBinding,
  shape: ImageShape,
  images: Float32Array,
): Values {
  const count = images.length / pixelsOf(shape);
  return {
    [input]: float32(images, batchOf(count, shape, layout)),
    ...(seed && {
      [seed.name]: float32(new Float32Array(count * seed.outputs).fill(1), [count, seed.outputs]),
    }),
  };
}
