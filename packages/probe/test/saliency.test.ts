import { Random } from '@nads/linalg';
import { expectClose } from '@nads/testing';
import {
  channelMeans,
  gradient,
  gradientTimesInput,
  integratedGradients,
  outputGradients,
  predictions,
  smoothGradient,
} from '../src/saliency/index.js';
import { analyticRunner, hinge, linear, quadratic } from './analytic-runner.js';

const image = Float32Array.of(1, 2, -1, 0.5);
const baseline = Float32Array.of(0.5, 0, 1, -1);

test('the gradient is that of the chosen output alone', async () => {
  expectClose(await gradient(analyticRunner(linear), image, 0), [1, -2, 3, 0]);
  expectClose(await gradient(analyticRunner(quadratic), image, 1), [1, 0, 0, 4]);
});

test('gradient times input is their product', async () => {
  expectClose(await gradientTimesInput(analyticRunner(linear), image, 0), [1, -4, -3, 0]);
});

test('each image has its own output', async () => {
  const images = Float32Array.of(...image, ...baseline);
  const { values, gradients } = await outputGradients(analyticRunner(linear), images, [1, 0]);
  expectClose(values, [2.5, 3.5]);
  expectClose(gradients, [0.5, 0, 0, 4, 1, -2, 3, 0]);
});

test('the prediction is the largest output, the first of equal ones', async () => {
  const images = Float32Array.of(...image, ...baseline, 0, 0, 0, 0);
  expect([...(await predictions(analyticRunner(linear), images, 3))]).toEqual([1, 0, 0]);
});

describe('integrated gradients', () => {
  test.each([2, 3, 7])(
    'of a linear model are gradient × (x − baseline) after %i steps',
    async steps => {
      const found = await integratedGradients(analyticRunner(linear), image, 0, {
        baseline,
        steps,
      });
      expectClose(found.attributions, [0.5, -4, -6, 0]);
      expectClose([found.sum, found.value, found.baselineValue], [-9.5, -6, 3.5]);
      expect(found.gap).toBeLessThan(1e-6);
    },
  );

  test('by the trapezoid rule are exact for a quadratic: w (x² − x′²)', async () => {
    const found = await integratedGradients(analyticRunner(quadratic), image, 0, {
      baseline,
      steps: 4,
    });
    expectClose(found.attributions, [0.75, -8, 0, 0], { rtol: 1e-6, atol: 1e-6 });
    expect(found.gap).toBeLessThan(1e-6);
  });

  test('have the gap that too few steps leave', async () => {
    // Of the points 0, 1.5 and 3 of the way the last two are above 1: 1.5/2 + 1.5 instead of 2.
    const far = Float32Array.of(3, 0, 0, 0);
    const options = { baseline: new Float32Array(4), steps: 3 };
    const found = await integratedGradients(analyticRunner(hinge), far, 0, options);
    expectClose([found.sum, found.gap], [2.25, 0.125]);
  });

  test('take a quarter of the steps where f bends', async () => {
    const far = Float32Array.of(3, 0, 0, 0);
    const options = { baseline: new Float32Array(4), steps: 8 };
    const found = await integratedGradients(analyticRunner(hinge), far, 0, options);
    // six even points 0, .6, …, 3: the kink is in [.6, 1.2], then in [.9, 1.2], then in [.9, 1.05]
    expectClose([found.sum], [1.95 + 0.075]);
  });

  test('have no gap to tell where nothing changes', async () => {
    const options = { baseline: image, steps: 2 };
    expect((await integratedGradients(analyticRunner(linear), image, 0, options)).gap).toBeNaN();
  });

  test('go on in runs of the size that suits the model, and can be stopped before each', async () => {
    const runs: number[] = [];
    const seen: number[] = [];
    const stopped = integratedGradients(analyticRunner(linear, runs), image, 0, {
      baseline,
      steps: 8,
      onProgress: ({ done }) => {
        seen.push(done);
        if (done >= 6) throw new Error('enough');
      },
    });
    await expect(stopped).rejects.toThrow('enough');
    expect([runs, seen]).toEqual([
      [3, 3],
      [0, 3, 6],
    ]);
  });
});

describe('smoothed gradients', () => {
  const smooth = (noise: number, samples: number, seed = 1) =>
    smoothGradient(analyticRunner(quadratic), image, 0, {
      samples,
      noise,
      random: new Random(seed),
    });

  test('without noise are the gradient', async () => {
    expectClose(await smooth(0, 5), await gradient(analyticRunner(quadratic), image, 0), {
      rtol: 1e-6,
    });
  });

  test('have noise of the wanted share of the range', async () => {
    // ∂f/∂x₀ = 2x₀ at x₀ = 1 + ε: over one sample each, its spread is 2 · 0.1 · (2 − (−1)).
    const found = await Promise.all(Array.from({ length: 400 }, (_, seed) => smooth(0.1, 1, seed)));
    const deviations = found.map(([first]) => (first - 2) / 0.6);
    const variance = deviations.reduce((sum, d) => sum + d * d, 0) / 400;
    expectClose([variance], [1], { rtol: 0.2 });
  });

  test('are the same for the same seed, and others for another', async () => {
    const [a, b, c] = [await smooth(0.2, 4), await smooth(0.2, 4), await smooth(0.2, 4, 2)];
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
  });
});

test('an image of channel means keeps each mean', () => {
  const found = channelMeans(Float32Array.of(1, 3, 10, 20), { channels: 2, height: 1, width: 2 });
  expect([...found]).toEqual([2, 2, 15, 15]);
});
