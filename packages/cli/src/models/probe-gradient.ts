import { dirname } from 'node:path';
import { encodeNpy } from '@nads/dataset';
import type { Layout } from '@nads/onnx';
import { gradientModel, GradientRunner, pixelsOf } from '@nads/probe';
import { nodeRuntime } from '@nads/runtime/node';
import { readImages } from '../files/read-array.js';
import { requireFolder, writeWhole } from '../files/write-file.js';
import { explain, explainLater } from '../messages/explain.js';
import { Progress } from '../messages/progress.js';
import { loadModel } from './load-model.js';

interface Options {
  readonly points: string;
  readonly output: string;
  readonly of: 'outputs' | 'features';
  readonly outputs?: readonly number[];
  readonly size?: readonly [number, number];
  readonly layout?: Layout;
  readonly batch?: number;
}

/** Writes exact gradients of a file's outputs at given points: [n, outputs, C, H, W] float32. */
export async function probeGradient(file: string, options: Options): Promise<void> {
  const { model } = loadModel(file);
  const derivative = explain(file, () => gradientModel(model, options));
  const { channels, height, width } = derivative.image;
  const points = readImages(options.points, [channels, height, width]);
  requireFolder(dirname(options.output), '--output');
  const session = await explainLater(file, () => nodeRuntime.createSession(derivative.model));
  const runner = await explainLater(file, () => GradientRunner.open(session, derivative));
  const chosen = options.outputs ?? Array.from({ length: runner.outputs }, (_, k) => k);
  requireOutputs(file, chosen, runner.outputs);
  const all = new Float32Array(points.length * chosen.length * pixelsOf(derivative.image));
  const progress = new Progress('points');
  for (const [i, point] of points.entries()) {
    const gradients = await explainLater(file, () => gradientsAt(runner, point, chosen));
    all.set(gradients, i * gradients.length);
    progress.update(i + 1, points.length);
  }
  progress.end();
  const shape = [points.length, chosen.length, channels, height, width];
  writeWhole(options.output, encodeNpy({ dtype: 'float32', shape, data: all }));
}

/** The gradients of some outputs at one point: [outputs × C·H·W]. */
async function gradientsAt(
  runner: GradientRunner,
  point: Float32Array,
  outputs: readonly number[],
): Promise<Float32Array> {
  const images = new Float32Array(outputs.length * point.length);
  const seeds = new Float32Array(outputs.length * runner.outputs);
  outputs.forEach((output, row) => {
    images.set(point, row * point.length);
    seeds[row * runner.outputs + output] = 1;
  });
  return (await runner.run(images, seeds)).gradients;
}

function requireOutputs(file: string, chosen: readonly number[], count: number): void {
  const missing = chosen.find(output => output >= count);
  if (missing !== undefined)
    throw new Error(`${file}: no output ${missing}; --outputs takes 0 to ${count - 1}`);
}
