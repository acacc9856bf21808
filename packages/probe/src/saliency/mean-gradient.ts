import type { Watched } from '@nads/runtime';
import type { GradientRunner } from '../own-network/gradient-runner.js';
import { outputGradients } from './output-gradients.js';

/** Images whose gradients are averaged. */
export interface Averaged {
  readonly count: number;
  /** Writes image `index` [C·H·W]; called once for each, in order. */
  readonly fill: (index: number, out: Float32Array) => void;
}

/**
 * The mean of the gradients of one output at several images, summed in float64: [C·H·W]. Only one run's images
 * are held at a time.
 * @throws NotFinite where a gradient is not finite.
 */
export async function meanGradient(
  runner: GradientRunner,
  { count, fill }: Averaged,
  output: number,
  pixels: number,
  { onProgress, signal }: Watched = {},
): Promise<Float64Array> {
  const mean = new Float64Array(pixels);
  for (let first = 0; first < count; first += runner.model.batch) {
    signal?.throwIfAborted();
    onProgress?.({ unit: 'gradients', done: first, total: count });
    const size = Math.min(runner.model.batch, count - first);
    const images = new Float32Array(size * pixels);
    for (let i = 0; i < size; i++) fill(first + i, images.subarray(i * pixels, (i + 1) * pixels));
    const { gradients } = await outputGradients(
      runner,
      images,
      Array.from({ length: size }, () => output),
    );
    for (let i = 0; i < gradients.length; i++) mean[i % pixels] += gradients[i] / count;
  }
  return mean;
}
