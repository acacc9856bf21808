import type { GradientRunner } from '../input-gradients.js';
import { meanGradient, type Proceed } from './mean-gradient.js';
import { outputGradients } from './output-gradients.js';

/** What integrated gradients are told. */
export interface IntegrationOptions {
  /** Where the way to the image begins: [C·H·W]. */
  readonly baseline: Float32Array;
  /** Gradients along the way. */
  readonly steps: number;
  readonly proceed?: Proceed;
}

/** Attributions, and how well they add up. */
export interface IntegratedGradients {
  /** [C·H·W] */
  readonly attributions: Float64Array;
  /** Σ of the attributions. */
  readonly sum: number;
  /** f(x). */
  readonly value: number;
  /** f(baseline). */
  readonly baselineValue: number;
  /**
   * |sum − (f(x) − f(baseline))| / |f(x) − f(baseline)|: completeness says that it vanishes as steps
   * grow. NaN where f is the same at both ends.
   */
  readonly gap: number;
}

/**
 * Integrated gradients, (x − x′) ⊙ ∫₀¹ ∂f/∂x (x′ + α(x − x′)) dα, the integral by the midpoint rule:
 * α = (i + ½)/steps (Sundararajan, Taly & Yan 2017, equation 1).
 * @throws NotFinite where a gradient is not finite.
 */
export async function integratedGradients(
  runner: GradientRunner,
  image: Float32Array,
  output: number,
  { baseline, steps, proceed }: IntegrationOptions,
): Promise<IntegratedGradients> {
  const way = Float64Array.from(image, (x, i) => x - baseline[i]);
  const fill = (step: number, out: Float32Array): void => {
    const alpha = (step + 0.5) / steps;
    for (let i = 0; i < out.length; i++) out[i] = baseline[i] + alpha * way[i];
  };
  const slope = await meanGradient(runner, { count: steps, fill }, output, way.length, proceed);
  const attributions = slope.map((value, i) => value * way[i]);
  const [value, baselineValue] = await valuesAt(runner, [image, baseline], output);
  const sum = attributions.reduce((a, b) => a + b, 0);
  const difference = value - baselineValue;
  const gap = difference === 0 ? NaN : Math.abs((sum - difference) / difference);
  return { attributions, sum, value, baselineValue, gap };
}

async function valuesAt(
  runner: GradientRunner,
  images: readonly Float32Array[],
  output: number,
): Promise<Float64Array> {
  const all = new Float32Array(images.length * images[0].length);
  images.forEach((image, i) => all.set(image, i * image.length));
  return (
    await outputGradients(
      runner,
      all,
      images.map(() => output),
    )
  ).values;
}
