import type { GradientModel } from '../src/own-network/gradient-model.js';
import { GradientRunner } from '../src/own-network/gradient-runner.js';

/** A function of images of 1×2×2 with several outputs, and the gradient of Σ seed · outputs. */
export interface Analytic {
  readonly outputs: number;
  readonly value: (x: readonly number[], k: number) => number;
  readonly gradient: (x: readonly number[], k: number) => readonly number[];
}

export const shape = { channels: 1, height: 2, width: 2 };

/** A runner of that function, three images a run; `runs` counts the images of each run. */
export function analyticRunner(
  { outputs, value, gradient }: Analytic,
  runs: number[] = [],
): GradientRunner {
  const model = {
    model: new Uint8Array(),
    image: { ...shape, name: 'x', layout: 'NCHW', batch: undefined },
    seed: 'seed',
    output: 'y',
    gradient: 'g',
    outputDims: [outputs],
    batch: 3,
  } as unknown as GradientModel;
  return new GradientRunner(
    {
      inputs: ['x', 'seed'],
      outputs: ['y', 'g'],
      release: async () => {},
      run: async ({ x, seed }) => {
        const images = rows(x.data as Float32Array, 4);
        const seeds = rows(seed.data as Float32Array, outputs);
        runs.push(images.length);
        const y = images.flatMap(image => seeds[0].map((_, k) => value(image, k)));
        const g = images.flatMap((image, i) =>
          image.map((_, j) => seeds[i].reduce((sum, s, k) => sum + s * gradient(image, k)[j], 0)),
        );
        return {
          y: { type: 'float32', dims: [images.length, outputs], data: Float32Array.from(y) },
          g: { type: 'float32', dims: [images.length, 1, 2, 2], data: Float32Array.from(g) },
        };
      },
    },
    model,
  );
}

const rows = (data: Float32Array, size: number): number[][] =>
  Array.from({ length: data.length / size }, (_, i) => [
    ...data.subarray(i * size, (i + 1) * size),
  ]);

const weights = [
  [1, -2, 3, 0],
  [0.5, 0, 0, 4],
];
const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * b[i], 0);

/** f_k(x) = w_k · x. */
export const linear: Analytic = {
  outputs: 2,
  value: (x, k) => dot(weights[k], x),
  gradient: (_, k) => weights[k],
};

/** f_k(x) = Σ w_kj x_j². */
export const quadratic: Analytic = {
  outputs: 2,
  value: (x, k) =>
    dot(
      weights[k],
      x.map(value => value * value),
    ),
  gradient: (x, k) => weights[k].map((w, j) => 2 * w * x[j]),
};

/** f(x) = max(0, x₀ − 1): nothing happens on the first part of the way from 0. */
export const hinge: Analytic = {
  outputs: 1,
  value: x => Math.max(0, x[0] - 1),
  gradient: x => [x[0] > 1 ? 1 : 0, 0, 0, 0],
};
