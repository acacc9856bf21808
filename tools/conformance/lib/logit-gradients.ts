import { pixelsOf } from '@nads/basis';
import { GradientRunner, type GradientModel } from '@nads/probe';
import type { Runtime } from '@nads/runtime';

/**
 * The gradient of each output of a model at each point.
 * @param points [count, pixels]; @returns [count, outputs, pixels].
 */
export async function logitGradients(
  runtime: Runtime,
  model: GradientModel,
  points: Float32Array | Float64Array,
  [count, outputs]: readonly number[],
): Promise<Float32Array> {
  const session = await runtime.createSession(model.model, { threads: 1 });
  const runner = new GradientRunner(session, model);
  const pixels = pixelsOf(model.image);
  const images = new Float32Array(count * outputs * pixels);
  const seeds = new Float32Array(count * outputs * runner.outputs);
  for (let row = 0; row < count * outputs; row++) {
    const point = Math.floor(row / outputs);
    images.set(points.subarray(point * pixels, (point + 1) * pixels), row * pixels);
    seeds[row * runner.outputs + (row % outputs)] = 1;
  }
  try {
    return (await runner.run(images, seeds)).gradients;
  } finally {
    await session.release();
  }
}
