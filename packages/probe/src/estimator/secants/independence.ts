import { float32, type Session, type Values } from '@nads/runtime';
import { batchOf, pixelsOf, type ImageShape } from '@nads/basis';
import type { ImageBinding } from './secants.js';

/** Largest relative difference that rounding can make between an image alone and in a batch. */
const rounding = 1e-3;

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

/** What a session says of these images. */
export async function outputsOf(
  session: Session,
  binding: ImageBinding,
  shape: ImageShape,
  images: Float32Array,
): Promise<Float32Array> {
  const outputs = await session.run(imageInputs(binding, shape, images));
  return outputs[binding.output].data as Float32Array;
}

/**
 * Whether the images of a batch do not influence each other: the first and the last give the same
 * alone as together.
 * @param together what the session says of the whole batch.
 */
export async function isIndependent(
  session: Session,
  binding: ImageBinding,
  shape: ImageShape,
  images: Float32Array,
  together: Float32Array,
): Promise<boolean> {
  const pixels = pixelsOf(shape);
  const count = images.length / pixels;
  const features = together.length / count;
  for (const i of count < 2 ? [] : [0, count - 1]) {
    const image = images.slice(i * pixels, (i + 1) * pixels);
    const alone = await outputsOf(session, binding, shape, image).catch(() => undefined);
    if (alone && !agree(alone, together.subarray(i * features, (i + 1) * features))) return false;
  }
  return true;
}

/** Whether two runs gave the same but for rounding. */
export function agree(a: Float32Array, b: Float32Array): boolean {
  const scale = a.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return a.every((x, i) => Math.abs(x - b[i]) <= rounding * scale);
}
