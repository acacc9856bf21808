import { pixelsOf, type ImageShape } from '@nads/basis';
import type { Session } from '@nads/runtime';
import { agree } from './agree.js';
import type { ImageBinding } from './image-binding.js';
import { outputsOf } from './outputs-of.js';

/**
 * Whether outputs do not depend on the other images of the batch: the first and the last give the same
 * alone as together.
 * @param together what the session gives for the whole batch.
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
