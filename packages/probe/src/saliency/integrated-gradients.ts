import type { Watched } from '@nads/runtime';
import type { GradientRunner } from '../own-network/gradient-runner.js';
import { outputGradients } from './output-gradients.js';

/** Options of integrated gradients. */
export interface IntegrationOptions extends Watched {
  /** Baseline, where the path to the image starts: [C·H·W]. */
  readonly baseline: Float32Array;
  /** Gradients along the path, at least 2; all are kept. */
  readonly steps: number;
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

/** A point of the path x′ + α(x − x′). */
interface WayPoint {
  readonly alpha: number;
  readonly value: number;
  /** ∂f/∂x: [C·H·W] */
  readonly gradient: Float32Array;
  /** df/dα. */
  readonly slope: number;
}

/** How many of the points are placed evenly, and how many at once where f is missed most. */
const [even, round] = [3 / 4, 1 / 8];

/**
 * Integrated gradients, (x − x′) ⊙ ∫₀¹ ∂f/∂x (x′ + α(x − x′)) dα (Sundararajan, Taly & Yan 2017, equation
 * 1), by the trapezoid rule. Three quarters of the points are evenly spaced; the others halve, an eighth
 * at a time, the intervals over which the rule misses the change of f most.
 * @throws NotFinite where a gradient is not finite.
 */
export async function integratedGradients(
  runner: GradientRunner,
  image: Float32Array,
  output: number,
  { baseline, steps, onProgress, signal }: IntegrationOptions,
): Promise<IntegratedGradients> {
  if (steps < 2)
    throw new RangeError(`integrated gradients: ${steps} step(s), at least 2 are needed`);
  const way = Float64Array.from(image, (x, i) => x - baseline[i]);
  const points: WayPoint[] = [];
  const visit = async (alphas: readonly number[]): Promise<void> => {
    for (let first = 0; first < alphas.length; first += runner.model.batch) {
      signal?.throwIfAborted();
      onProgress?.({ unit: 'gradients', done: points.length, total: steps });
      const some = alphas.slice(first, first + runner.model.batch);
      points.push(...(await wayPoints(runner, some, { baseline, way, output })));
    }
    points.sort((a, b) => a.alpha - b.alpha);
  };

  const count = Math.max(2, Math.ceil(even * steps));
  await visit(Array.from({ length: count }, (_, i) => i / (count - 1)));
  while (points.length < steps)
    await visit(worstMidpoints(points, Math.min(Math.ceil(round * steps), steps - points.length)));

  const attributions = weighted(points).map((value, i) => value * way[i]);
  const [baselineValue, value] = [points[0].value, points[points.length - 1].value];
  const sum = attributions.reduce((a, b) => a + b, 0);
  const difference = value - baselineValue;
  const gap = difference === 0 ? NaN : Math.abs((sum - difference) / difference);
  return { attributions, sum, value, baselineValue, gap };
}

interface Way {
  readonly baseline: Float32Array;
  /** x − x′. */
  readonly way: Float64Array;
  readonly output: number;
}

async function wayPoints(
  runner: GradientRunner,
  alphas: readonly number[],
  { baseline, way, output }: Way,
): Promise<WayPoint[]> {
  const pixels = way.length;
  const images = new Float32Array(alphas.length * pixels);
  alphas.forEach((alpha, k) => {
    for (let i = 0; i < pixels; i++) images[k * pixels + i] = baseline[i] + alpha * way[i];
  });
  const chosen = alphas.map(() => output);
  const { values, gradients } = await outputGradients(
    runner,
    images,
    chosen,
    k => `the image at ${alphas[k]} of the way from the baseline`,
  );
  return alphas.map((alpha, k) => {
    const gradient = gradients.subarray(k * pixels, (k + 1) * pixels);
    return { alpha, value: values[k], gradient, slope: dot(gradient, way) };
  });
}

/** The middles of the intervals over which the trapezoid rule misses the change of f most. */
function worstMidpoints(points: readonly WayPoint[], most: number): number[] {
  return points
    .slice(1)
    .map((to, i) => {
      const from = points[i];
      const byRule = ((to.alpha - from.alpha) * (from.slope + to.slope)) / 2;
      return {
        alpha: (from.alpha + to.alpha) / 2,
        missed: Math.abs(to.value - from.value - byRule),
      };
    })
    .toSorted((a, b) => b.missed - a.missed)
    .slice(0, most)
    .map(({ alpha }) => alpha);
}

/** The integral of the gradient over α by the trapezoid rule. */
function weighted(points: readonly WayPoint[]): Float64Array {
  const sum = new Float64Array(points[0].gradient.length);
  points.forEach(({ alpha, gradient }, k) => {
    const before = points[k - 1]?.alpha ?? alpha;
    const after = points[k + 1]?.alpha ?? alpha;
    const weight = (after - before) / 2;
    for (let i = 0; i < sum.length; i++) sum[i] += weight * gradient[i];
  });
  return sum;
}

function dot(a: Float32Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
