import { pixelsOf, type Layout } from '@nads/basis';
import { gradientModel, openGradients, type GradientRunner } from '@nads/probe';
import type { Environment } from '../environment.js';
import { about } from '../named-error.js';
import type { SourceModel } from '../source-model.js';
import { requireOutputs } from './require-outputs.js';
import { requirePoints, type PointProbe } from './secants-at.js';

/** Settings of gradients at points. */
export interface GradientSettings {
  /** Which outputs, counted from 0; all if not given. */
  readonly outputs?: readonly number[];
  /** Of the outputs, or of the features that enter the last linear layer. */
  readonly of?: 'outputs' | 'features';
  readonly size?: readonly [number, number];
  readonly layout?: Layout;
  /** Images in one run. */
  readonly batch?: number;
}

/**
 * Exact gradients of a file's own weights: [n, outputs or features, C, H, W].
 * @throws where an operator has no gradient, naming its node; OptionError where there is no such output
 */
export async function gradientsAt(
  source: SourceModel,
  { outputs, ...settings }: GradientSettings,
  { runtime, onProgress, signal }: Environment,
): Promise<PointProbe> {
  const { name, model } = source;
  const derivative = about(name, () => gradientModel(model, settings));
  const { image } = derivative;
  const runner = await about(name, () => openGradients(runtime, derivative));
  const chosen = outputs ?? Array.from({ length: runner.outputs }, (_, k) => k);
  requireOutputs(chosen, runner.outputs);
  const at: PointProbe['at'] = async points => {
    requirePoints(points, image);
    const data = new Float32Array(points.length * chosen.length * pixelsOf(image));
    for (const [i, point] of points.entries()) {
      signal?.throwIfAborted();
      const gradients = await gradientsOf(runner, point, chosen, `point ${i}`);
      data.set(gradients, i * gradients.length);
      onProgress?.({ unit: 'points', done: i + 1, total: points.length });
    }
    const shape = [points.length, chosen.length, image.channels, image.height, image.width];
    return { shape, data };
  };
  return { image, at: points => about(name, () => at(points)) };
}

/** The gradients of some outputs at one point: [outputs × C·H·W]. */
async function gradientsOf(
  runner: GradientRunner,
  point: Float32Array,
  outputs: readonly number[],
  name: string,
): Promise<Float32Array> {
  const images = new Float32Array(outputs.length * point.length);
  const seeds = new Float32Array(outputs.length * runner.outputs);
  outputs.forEach((output, row) => {
    images.set(point, row * point.length);
    seeds[row * runner.outputs + output] = 1;
  });
  return (await runner.run(images, seeds, () => name)).gradients;
}
