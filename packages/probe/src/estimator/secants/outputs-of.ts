import type { ImageShape } from '@nads/basis';
import type { Session } from '@nads/runtime';
import type { ImageBinding } from './image-binding.js';
import { imageInputs } from './image-inputs.js';

/** What a session gives for these images, in one run. */
export async function outputsOf(
  session: Session,
  binding: ImageBinding,
  shape: ImageShape,
  images: Float32Array,
): Promise<Float32Array> {
  const outputs = await session.run(imageInputs(binding, shape, images));
  return outputs[binding.output].data as Float32Array;
}
