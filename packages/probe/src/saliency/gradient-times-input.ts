import type { GradientRunner } from '../own-network/gradient-runner.js';
import { gradient } from './gradient.js';

/**
 * The gradient of one output times the image, element by element, x ⊙ ∂f/∂x: [C·H·W]
 * (Shrikumar, Greenside & Kundaje 2017). It depends on where the preprocessing puts zero.
 * @throws NotFinite where the gradient is not finite.
 */
export async function gradientTimesInput(
  runner: GradientRunner,
  image: Float32Array,
  output: number,
): Promise<Float64Array> {
  const derivative = await gradient(runner, image, output);
  return derivative.map((value, i) => value * image[i]);
}
