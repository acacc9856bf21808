import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeNpz } from '@nads/dataset';
import { Random } from '@nads/linalg';
import { nodeRuntime } from '@nads/runtime/node';
import { architectureOf, freshNetwork, OnnxEngine, sgd, TfjsEngine } from '@nads/train';
import { chooseBackend } from '@nads/train/node';

/** Largest relative error of losses and weights against PyTorch's. */
const tolerance = 1e-4;

/** Five steps of SGD on LeNet, on both engines, against PyTorch's. */
export async function run({ shared, log }) {
  const result = { name: 'training', passed: 0, failed: 0, skipped: 0, details: [] };
  const folder = join(shared, 'oracles/lenet');
  if (!existsSync(join(folder, 'sgd_data.npz')))
    return { ...result, skipped: 1, details: ['skipped: there are no steps of PyTorch'] };
  await chooseBackend();
  for (const engine of await engines()) {
    const { losses, weights } = await errors(engine, folder);
    const line = `${engine.name}: relative error ${losses.toExponential(1)} of losses, ${weights.toExponential(1)} of weights`;
    const isRight = losses <= tolerance && weights <= tolerance;
    if (isRight) log(line);
    else result.details.push(line);
    result[isRight ? 'passed' : 'failed']++;
    await engine.close();
  }
  return result;
}

async function engines() {
  const sizes = { channels: 1, height: 32, width: 32, classes: 2 };
  const options = {
    optimizer: sgd({ momentum: 0.9, weightDecay: 5e-4 }),
    clip: 0.5,
    random: new Random(0),
  };
  const { layers, onnx } = freshNetwork(architectureOf('lenet'), sizes, { random: new Random(0) });
  return [
    await OnnxEngine.open(onnx, { ...options, runtime: nodeRuntime }),
    new TfjsEngine(layers, options),
  ];
}

/** The largest relative errors after five steps with a rate of 0.1. */
async function errors(engine, folder) {
  const [before, data, after] = ['before', 'data', 'after'].map(part => {
    const file = join(folder, `sgd_${part}.npz`);
    return decodeNpz(readFileSync(file), file);
  });
  const start = [...engine.state()].map(([name, zeros]) => {
    const array = before.get(name);
    return [name, array ? { dims: array.shape, data: array.data } : zeros];
  });
  engine.restore(new Map(start), 0);
  const [x, y, expected] = ['x', 'y', 'losses'].map(name => data.get(name));
  const [steps, count] = y.shape;
  const pixels = x.data.length / (steps * count);
  const losses = [];
  for (let step = 0; step < steps; step++) {
    const [first, last] = [step * count, (step + 1) * count];
    const images = x.data.slice(first * pixels, last * pixels);
    const { loss } = await engine.step({ images, labels: y.data.slice(first, last) }, 0.1);
    losses.push(Math.abs(loss / expected.data[step] - 1));
  }
  const state = engine.state();
  const weights = [...after].map(([name, { data: right }]) =>
    relativeError(state.get(name).data, right),
  );
  return { losses: Math.max(...losses), weights: Math.max(...weights) };
}

function relativeError(found, right) {
  const difference = found.map((value, i) => value - right[i]);
  return Math.hypot(...difference) / Math.hypot(...right);
}
