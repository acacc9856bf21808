import { pixelsOf } from '@nads/basis';
import { writeModel } from '@nads/onnx';
import { placedImages } from '@nads/probe';
import type { Runtime } from '@nads/runtime';
import type { ScoredNetwork } from './scored-network.js';

/** How far outputs may be apart, of the largest, since sums are rounded in another order. */
const rounding = 1e-3;

/**
 * Whether the outputs of images change where the batch is in the reverse order.
 * @param images [batch × C·H·W], of the batch that the network is for.
 */
export async function dependsOnOrder(
  { network, image, output }: ScoredNetwork,
  images: Float32Array,
  runtime: Runtime,
): Promise<boolean> {
  const session = await runtime.createSession(writeModel(network));
  const outputsOf = async (batch: Float32Array): Promise<Float32Array> =>
    (await session.run({ [image.name]: placedImages(image, batch) }))[output].data as Float32Array;
  try {
    const count = images.length / pixelsOf(image);
    const plain = await outputsOf(images);
    const turned = reversed(await outputsOf(reversed(images, count)), count);
    const largest = plain.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    return plain.some((x, i) => Math.abs(x - turned[i]) > rounding * largest);
  } finally {
    await session.release();
  }
}

/** The rows from last to first. */
function reversed(rows: Float32Array, count: number): Float32Array {
  const size = rows.length / count;
  const result = new Float32Array(rows.length);
  for (let i = 0; i < count; i++)
    result.set(rows.subarray(i * size, (i + 1) * size), (count - 1 - i) * size);
  return result;
}
