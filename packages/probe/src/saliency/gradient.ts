import type { GradientRunner } from '../own-network/gradient-runner.js';
import { outputGradients } from './output-gradients.js';

/**
 * The gradient of one output at an image, ∂f/∂x: [C·H·W] (Simonyan, Vedaldi & Zisserman 2014).
 * @throws NotFinite where it is not finite.
 */
export async function gradient(
  runner: GradientRunner,
  image: Float32Array,
  output: number,
): Promise<Float64Array> {
  const { gradients } = await outputGradients(runner, image, [output]);
  return Float64Array.from(gradients);
}
