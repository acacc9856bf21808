import type { Random } from '@nads/linalg';
import type { Watched } from '@nads/runtime';
import type { GradientRunner } from '../own-network/gradient-runner.js';
import { meanGradient } from './mean-gradient.js';

/** Options of a smoothed gradient. */
export interface SmoothingOptions extends Watched {
  /** Noisy copies of the image. */
  readonly samples: number;
  /** Standard deviation of the noise as a share of max x − min x. */
  readonly noise: number;
  readonly random: Random;
}

/**
 * SmoothGrad: the mean of the gradients at x + ε, ε ~ N(0, σ²), σ = noise · (max x − min x): [C·H·W]
 * (Smilkov, Thorat, Kim, Viégas & Wattenberg 2017). Noise of sample i comes from a stream of its own.
 * @throws NotFinite where a gradient is not finite.
 */
export function smoothGradient(
  runner: GradientRunner,
  image: Float32Array,
  output: number,
  { samples, noise, random, ...watched }: SmoothingOptions,
): Promise<Float64Array> {
  const deviation = noise * rangeOf(image);
  const fill = (sample: number, out: Float32Array): void => {
    random.fork(sample).fillNormal(out, 0, deviation);
    for (let i = 0; i < out.length; i++) out[i] += image[i];
  };
  return meanGradient(runner, { count: samples, fill }, output, image.length, watched);
}

/** max x − min x. */
function rangeOf(image: Float32Array): number {
  let [low, high] = [Infinity, -Infinity];
  for (const x of image) [low, high] = [Math.min(low, x), Math.max(high, x)];
  return high - low;
}
