import { Random } from '@nads/linalg';
import { separableImages } from '@nads/dataset';
import { nodeRuntime } from '@nads/runtime/node';
import {
  accuracy,
  architectureOf,
  Diverged,
  fit,
  freshNetwork,
  linearRate,
  OnnxEngine,
  sgd,
  type EpochResult,
  type FitOptions,
  type State,
} from '../src/index.js';
import { chooseBackend } from '../src/node/index.js';

beforeAll(async () => {
  await chooseBackend('cpu');
});

const sizes = { channels: 1, height: 8, width: 8, classes: 2 };

function separable(seed: number, count = 300) {
  const direction = Float64Array.from({ length: 64 }, (_, i) => (i % 2 === 0 ? 1 : -1) / 8);
  const dims = [1, 8, 8] as const;
  const set = separableImages({ dims, direction, epsilon: 2, sigma: 0.5, count }, new Random(seed));
  const images = new Float32Array(count * 64);
  for (let i = 0; i < count; i++) images.set(set.image(i).data, i * 64);
  return { images, labels: Int32Array.from(set.labels!) };
}

const open = () =>
  OnnxEngine.open(freshNetwork(architectureOf('logreg'), sizes, { random: new Random(1) }).onnx, {
    optimizer: sgd({ momentum: 0.5 }),
    clip: 0.5,
    random: new Random(2),
    runtime: nodeRuntime,
    threads: 1,
  });

const options = (more: Partial<FitOptions> = {}): FitOptions => ({
  epochs: 4,
  batch: 64,
  schedule: linearRate(0.5),
  random: new Random(3),
  ...more,
});

test('logistic regression learns what is linearly separable', async () => {
  const engine = await open();
  const results = await fit(engine, separable(1), options());
  expect(results).toHaveLength(4);
  expect(results[3].loss).toBeLessThan(results[0].loss);
  expect(await accuracy(engine, separable(2))).toBeGreaterThan(0.99);
});

test('the same seed gives the same bytes, and a resumed training what one would have been', async () => {
  const set = separable(1);
  const [whole, parts] = [await open(), await open()];
  await fit(whole, set, options());
  let kept: State | undefined;
  const stop = (result: EpochResult): void => {
    if (result.epoch !== 1) return;
    kept = new Map([...parts.state()].map(([name, { dims, data }]) => [name, { dims, data }]));
    throw new Error('stopped');
  };
  await expect(fit(parts, set, options({ onEpoch: stop }))).rejects.toThrow('stopped');
  const resumed = await open();
  resumed.restore(kept!, 10);
  await fit(resumed, set, options({ from: { epochs: 2, steps: 0, loss: 0, correct: 0 } }));
  for (const [name, { data }] of whole.state())
    expect(resumed.state().get(name)!.data).toEqual(data);
});

test('a loss that is not finite ends the training at once', async () => {
  const set = separable(1);
  set.images[0] = NaN;
  const failing = fit(await open(), set, options());
  await expect(failing).rejects.toThrow(Diverged);
  await expect(failing).rejects.toThrow(/the loss is NaN after \d steps/);
});
