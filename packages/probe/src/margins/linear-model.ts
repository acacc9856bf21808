import type { GradientRunner } from '../own-network/gradient-runner.js';
import type { Start } from './start.js';

/** A linear model of the outputs at a point. */
export interface LinearModel {
  readonly outputs: Float32Array;
  /** gains · ∇(f_k − f_l) for each other class k. */
  readonly gradients: readonly Float64Array[];
}

/** The linear models at some points, in one run. @param gains what a step of 1 is at the model's input. */
export async function linearModelsAt(
  runner: GradientRunner,
  gains: Float64Array,
  points: readonly { readonly start: Start; readonly x: Float32Array }[],
): Promise<LinearModel[]> {
  const rows = points.flatMap(({ start, x }) =>
    start.others.map(other => ({ x, other, label: start.label })),
  );
  const pixels = gains.length;
  const images = new Float32Array(rows.length * pixels);
  const seeds = new Float32Array(rows.length * runner.outputs);
  rows.forEach(({ x, other, label }, i) => {
    images.set(x, i * pixels);
    seeds[i * runner.outputs + other] = 1;
    seeds[i * runner.outputs + label] = -1;
  });
  const { outputs, gradients } = await runner.run(images, seeds);
  let at = 0;
  return points.map(({ start }) => {
    const first = at;
    at += start.others.length;
    return {
      outputs: outputs.subarray(first * runner.outputs, (first + 1) * runner.outputs),
      gradients: start.others.map((_, i) =>
        gains.map((gain, pixel) => gain * gradients[(first + i) * pixels + pixel]),
      ),
    };
  });
}
