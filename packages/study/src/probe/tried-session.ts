import { Random } from '@nads/linalg';
import type { ImageShape } from '@nads/basis';
import { isIndependent, outputsOf, type ImageBinding } from '@nads/probe';
import type { Session } from '@nads/runtime';

/** What a session does with a batch of noise. */
export interface TriedSession {
  /** Numbers that it gives for each image. */
  readonly outputs: number;
  /** Whether these depend on the other images of the batch. */
  readonly mixesImages: boolean;
}

/** Runs a session once on noise. */
export async function triedSession(
  session: Session,
  image: ImageShape,
  binding: ImageBinding,
): Promise<TriedSession> {
  const { channels, height, width } = image;
  const images = new Float32Array(binding.batch * channels * height * width);
  new Random('trial').fillNormal(images, 0, 1);
  const together = await outputsOf(session, binding, image, images);
  const mixesImages = !(await isIndependent(session, binding, image, images, together));
  return { outputs: together.length / binding.batch, mixesImages };
}
