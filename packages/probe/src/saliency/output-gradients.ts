import type { GradientRunner } from '../own-network/gradient-runner.js';

/** Values of one output of each of some images, and its gradients. */
export interface OutputGradients {
  /** The model's outputs: [n × outputs]. */
  readonly outputs: Float32Array;
  /** The chosen output of each image: [n]. */
  readonly values: Float64Array;
  /** ∂(chosen output)/∂x: [n × C·H·W]. */
  readonly gradients: Float32Array;
}

/**
 * The gradient of one output of each image, independent of the other images.
 * @param images [n × C·H·W]; @param chosen which output, for each image: [n].
 * @param nameOf names an image in errors.
 * @throws NotFinite where a gradient is not finite.
 */
export async function outputGradients(
  runner: GradientRunner,
  images: Float32Array,
  chosen: ArrayLike<number>,
  nameOf?: (index: number) => string,
): Promise<OutputGradients> {
  const seeds = new Float32Array(chosen.length * runner.outputs);
  for (let i = 0; i < chosen.length; i++) seeds[i * runner.outputs + chosen[i]] = 1;
  const { outputs, gradients } = await runner.run(images, seeds, nameOf);
  const values = Float64Array.from(chosen, (k, i) => outputs[i * runner.outputs + k]);
  return { outputs, values, gradients };
}

/** Index of the largest number in each row of [n × outputs]; the first of equal ones. */
export function largestOutputs(outputs: Float32Array, count: number): Int32Array {
  return Int32Array.from({ length: outputs.length / count }, (_, i) => {
    const row = outputs.subarray(i * count, (i + 1) * count);
    return row.reduce((best, value, k) => (value > row[best] ? k : best), 0);
  });
}

/**
 * What the model predicts for each image: the largest of its outputs. [n]
 * @param nameOf names an image in errors.
 */
export async function predictions(
  runner: GradientRunner,
  images: Float32Array,
  count: number,
  nameOf?: (index: number) => string,
): Promise<Int32Array> {
  const seeds = new Float32Array(count * runner.outputs);
  const { outputs } = await runner.run(images, seeds, nameOf);
  return largestOutputs(outputs, runner.outputs);
}
