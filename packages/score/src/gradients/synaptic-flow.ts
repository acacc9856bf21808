import { pixelsOf } from '@nads/basis';
import { sizeOf } from '@nads/onnx';
import { placedImages } from '@nads/probe';
import { float32, type Session } from '@nads/runtime';
import type { FlowModel } from './flow-model.js';

/** By how many powers of 2 inputs and outputs are scaled down where float32 overflows. */
const far = 100;

/**
 * The logarithm of synflow, Σ |w·∂R/∂w| for positive parameters and an image of ones (Tanaka et al. 2020), which itself
 * may exceed what float32 holds: a network of positive numbers multiplies its output by c where images and biases are multiplied by
 * c, so both ends can be scaled down.
 * @returns undefined where it overflows all the same, or where the network does not behave so.
 */
export async function logSynapticFlow(
  session: Session,
  model: FlowModel,
): Promise<number | undefined> {
  const plain = await scaledFlow(session, model, 0);
  if (Number.isFinite(plain)) return plain;
  const [near, further] = [
    await scaledFlow(session, model, far),
    await scaledFlow(session, model, far + 1),
  ];
  return Math.abs(near - further) < 1e-4 ? near : undefined;
}

/** The logarithm, worked out at a scale of 2 to the power −`exponent`, by which nothing is rounded. */
async function scaledFlow(
  session: Session,
  { image, batch, factor, seed, seedDims, flows }: FlowModel,
  exponent: number,
): Promise<number> {
  const constant = (size: number): Float32Array => new Float32Array(size).fill(2 ** -exponent);
  const results = await session.run({
    [image.name]: placedImages(image, constant(batch * pixelsOf(image))),
    [factor]: float32(constant(1), []),
    [seed]: float32(constant(sizeOf(seedDims)), seedDims),
  });
  const flow = flows.reduce((sum, name) => sum + (results[name].data as Float32Array)[0], 0);
  return Math.log(flow / batch) + 2 * exponent * Math.LN2;
}
