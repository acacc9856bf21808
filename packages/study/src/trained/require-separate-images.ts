import { Random } from '@nads/linalg';
import { pixelsOf } from '@nads/basis';
import { writeModel, type ImageInput, type Model } from '@nads/onnx';
import { isIndependent, outputsOf } from '@nads/probe';
import type { Runtime } from '@nads/runtime';

/**
 * Makes sure on noise that what a network says of an image does not depend on the other images of the batch.
 * @param output the value that it says
 * @param batch images in a run
 * @throws where it does
 */
export async function requireSeparateImages(
  network: Model,
  image: ImageInput,
  output: string,
  runtime: Runtime,
  batch = 3,
): Promise<void> {
  const session = await runtime.createSession(writeModel(network));
  const binding = { input: image.name, output, layout: image.layout, batch };
  const images = new Float32Array(batch * pixelsOf(image));
  new Random('trial').fillNormal(images, 0, 1);
  try {
    const together = await outputsOf(session, binding, image, images);
    // where numbers overflow on noise, they say nothing
    if (!together.every(Number.isFinite)) return;
    if (await isIndependent(session, binding, image, images, together)) return;
  } finally {
    await session.release();
  }
  throw new Error(
    `its outputs depend on which images are in a batch, and on their order; export the model for evaluation`,
  );
}
