import { separableImages, type Dims } from '@nads/dataset';
import { Random } from '@nads/linalg';
import type { Model } from '@nads/onnx';
import type { Runtime, StopSignal } from '@nads/runtime';
import { OnnxEngine } from '../engines/onnx-engine.js';
import { accuracy, fit, type TrainingProgress, type TrainingSet } from '../fit/fit.js';
import { withDrawnWeights } from '../drawn-weights.js';
import { linearRate } from '../optimizers/schedule.js';
import { sgd } from '../optimizers/sgd.js';

/** How networks are trained along directions. */
export interface Recipe {
  readonly dims: Dims;
  /** Noise across the direction, and distance of the classes along it. */
  readonly sigma: number;
  readonly epsilon: number;
  /** Images to train with, and others to test with. */
  readonly train: number;
  readonly test: number;
  readonly epochs: number;
  readonly batch: number;
  /** Learning rate of the first step, falling linearly to 0. */
  readonly rate: number;
  readonly momentum: number;
  readonly weightDecay: number;
  /** Global gradient norm to clip to. */
  readonly clip: number;
}

/** The schedule of the published experiments (Ortiz-Jiménez et al. 2020, supplement). */
export const publishedRecipe = {
  train: 10_000,
  test: 10_000,
  epochs: 20,
  batch: 128,
  rate: 0.5,
  momentum: 0,
  weightDecay: 0,
  clip: 0.5,
} as const;

/** A network that is trained along a direction. */
export interface DirectionTask {
  /** Of unit norm: [C·H·W]. */
  readonly direction: Float64Array;
  readonly seed: number;
}

/** What became of it. */
export interface DirectionResult {
  /** Shares of images that are classified correctly in evaluation mode. */
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
  /** Mean cross-entropy of the last epoch. */
  readonly loss: number;
}

/** Where it is done. */
export interface Surroundings {
  readonly runtime: Runtime;
  readonly threads: number;
  readonly onProgress?: (progress: TrainingProgress) => void;
  readonly signal?: StopSignal;
}

/**
 * Trains a network with fresh weights on D(v) and tests it on other images of D(v). Weights, both sets and the order of
 * images each have a random stream of their own below the seed.
 * @param model an exported architecture, its weights still to be drawn; @param init how.
 * @throws Diverged where a loss is not finite.
 */
export async function trainAlong(
  model: Model,
  init: string,
  recipe: Recipe,
  { direction, seed }: DirectionTask,
  { runtime, threads, onProgress, signal }: Surroundings,
): Promise<DirectionResult> {
  const random = new Random(seed);
  const { momentum, weightDecay, clip, epochs, batch, rate } = recipe;
  const engine = await OnnxEngine.open(withDrawnWeights(model, init, random.fork('weights')), {
    optimizer: sgd({ momentum, weightDecay }),
    clip,
    random: random.fork('dropout'),
    runtime,
    threads,
  });
  try {
    const train = drawn(recipe, direction, recipe.train, random.fork('train'));
    const schedule = linearRate(rate);
    const order = random.fork('order');
    const epochResults = await fit(engine, train, {
      epochs,
      batch,
      schedule,
      random: order,
      onProgress,
      signal,
    });
    const test = drawn(recipe, direction, recipe.test, random.fork('test'));
    return {
      trainAccuracy: await accuracy(engine, train),
      testAccuracy: await accuracy(engine, test),
      loss: epochResults[epochResults.length - 1].loss,
    };
  } finally {
    await engine.close();
  }
}

function drawn(
  { dims, sigma, epsilon }: Recipe,
  direction: Float64Array,
  count: number,
  random: Random,
): TrainingSet {
  const set = separableImages({ dims, direction, sigma, epsilon, count }, random);
  const images = new Float32Array(count * direction.length);
  for (let i = 0; i < count; i++) images.set(set.image(i).data, i * direction.length);
  return { images, labels: Int32Array.from(set.labels!) };
}
