import type { Session } from '@nads/runtime';
import { expectClose } from '@nads/testing';
import type { GradientModel } from '../src/own-network/gradient-model.js';
import { GradientRunner } from '../src/own-network/gradient-runner.js';

/** The gradient of Σ x² over a pixel each, times what depends on the number of images in the run. */
function session(factor: (images: number) => number, runs: number[]): Session {
  return {
    inputs: ['x', 'seed'],
    outputs: ['y', 'g'],
    release: async () => {},
    run: async ({ x, seed }) => {
      const images = x.data as Float32Array;
      runs.push(images.length);
      const times = factor(images.length);
      return {
        y: { type: 'float32', dims: [images.length, 1], data: images.map(a => times * a * a) },
        g: {
          type: 'float32',
          dims: [images.length, 1, 1, 1],
          data: images.map((a, i) => times * 2 * a * Number(seed.data[i])),
        },
      };
    },
  };
}

const model = {
  image: { name: 'x', channels: 1, height: 1, width: 1, layout: 'NCHW' },
  seed: 'seed',
  output: 'y',
  gradient: 'g',
  outputDims: [1],
  batch: 4,
} as unknown as GradientModel;

const images = Float32Array.of(1, 2, 3);
const seeds = Float32Array.of(1, 1, 10);

test('images that do not influence each other share a run', async () => {
  const runs: number[] = [];
  const runner = await GradientRunner.open(
    session(() => 1, runs),
    model,
  );
  expectClose((await runner.run(images, seeds)).gradients, [2, 4, 60]);
  expect(runs.slice(2)).toEqual([3]);
});

test('where they do, as in batch statistics, each has a run of its own', async () => {
  const runs: number[] = [];
  const runner = await GradientRunner.open(
    session(count => count, runs),
    model,
  );
  expectClose((await runner.run(images, seeds)).gradients, [2, 4, 60]);
  expect(runs.slice(2)).toEqual([1, 1, 1]);
  expect(runner.model.obstacle).toBe('the images of a batch influence each other');
});
