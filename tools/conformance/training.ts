import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeNpz, type NdArray } from '@nads/dataset';
import { Random } from '@nads/linalg';
import { nodeRuntime } from '@nads/runtime/node';
import {
  architectureOf,
  freshNetwork,
  OnnxEngine,
  sgd,
  TfjsEngine,
  type Engine,
  type State,
} from '@nads/train';
import { chooseBackend } from '@nads/train/node';
import { relativeError } from './lib/relative-error.ts';
import type { CheckOptions } from './run.ts';

/** Largest relative error of losses and weights against PyTorch's. */
const tolerance = 1e-4;

export const title = 'training';

/** Five steps of SGD on LeNet, on both engines, against PyTorch's. */
export async function run({ shared, result }: CheckOptions): Promise<void> {
  const folder = join(shared, 'oracles/lenet');
  if (!existsSync(join(folder, 'sgd_data.npz'))) {
    result.skip('skipped: there are no steps of PyTorch');
    return;
  }
  await chooseBackend();
  for (const engine of await engines()) {
    const { losses, weights } = await errors(engine, folder);
    const line = `${engine.name}: relative error ${losses.toExponential(1)} of losses, ${weights.toExponential(1)} of weights`;
    result.note(losses <= tolerance && weights <= tolerance, line);
    await engine.close();
  }
}

async function engines(): Promise<Engine[]> {
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

/** What PyTorch did: weights before and after, images, labels and losses. */
interface Steps {
  readonly before: ReadonlyMap<string, NdArray>;
  readonly data: ReadonlyMap<string, NdArray>;
  readonly after: ReadonlyMap<string, NdArray>;
}

/** The largest relative errors after five steps with a rate of 0.1. */
async function errors(
  engine: Engine,
  folder: string,
): Promise<{ losses: number; weights: number }> {
  const steps = readSteps(folder);
  engine.restore(startOf(engine, steps), 0);
  const losses = await lossErrors(engine, steps);
  const state = engine.state();
  const weights = [...steps.after].map(([name, { data }]) =>
    relativeError(state.get(name)!.data, data as Float32Array),
  );
  return { losses: Math.max(...losses), weights: Math.max(...weights) };
}

function readSteps(folder: string): Steps {
  const read = (part: keyof Steps): ReadonlyMap<string, NdArray> => {
    const file = join(folder, `sgd_${part}.npz`);
    return decodeNpz(readFileSync(file), file);
  };
  return { before: read('before'), data: read('data'), after: read('after') };
}

/** PyTorch's weights, and what else the engine holds as it is. */
const startOf = (engine: Engine, { before }: Steps): State =>
  new Map(
    [...engine.state()].map(([name, zeros]) => {
      const array = before.get(name);
      return [name, array ? { dims: array.shape, data: array.data as Float32Array } : zeros];
    }),
  );

async function lossErrors(engine: Engine, { data }: Steps): Promise<number[]> {
  const x = data.get('x')!.data as Float32Array;
  const y = data.get('y')!;
  const expected = data.get('losses')!.data as Float32Array;
  const [steps, count] = y.shape;
  const pixels = x.length / (steps * count);
  const errors: number[] = [];
  for (let step = 0; step < steps; step++) {
    const [first, last] = [step * count, (step + 1) * count];
    const images = x.slice(first * pixels, last * pixels);
    const labels = (y.data as Int32Array).slice(first, last);
    const { loss } = await engine.step({ images, labels }, 0.1);
    errors.push(Math.abs(loss / expected[step] - 1));
  }
  return errors;
}
