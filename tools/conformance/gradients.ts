import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Random } from '@nads/linalg';
import {
  feeds,
  isFloating,
  NoGradient,
  parseInit,
  readModel,
  withFreshWeights,
  type Model,
  type Tensor,
} from '@nads/onnx';
import { gradientModel } from '@nads/probe';
import type { Runtime } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { webRuntime } from '@nads/runtime/web';
import type { CheckResult } from './lib/check-result.ts';
import { directional } from './lib/directional.ts';
import { logitGradients } from './lib/logit-gradients.ts';
import { messageOf } from './lib/message-of.ts';
import { readFloats } from './lib/read-floats.ts';
import { relativeError } from './lib/relative-error.ts';
import { readTensorProto } from './lib/tensor.ts';
import type { CheckOptions } from './run.ts';

/** Largest relative Frobenius error against PyTorch. */
const tolerance = (name: string): number => (name === 'lenet' ? 1e-5 : 1e-3);
/** Largest relative difference to central differences in single precision. */
const roughly = 2e-2;

const gradientFile = 'logit_gradients.npy';

export const title = 'gradients';

/**
 * Gradients of the oracles against PyTorch's, in Node's runtime and the browser's; of third-party models
 * and of the ONNX project's tests against central differences.
 */
export async function run({ shared, result }: CheckOptions): Promise<void> {
  for (const { name, file, folder } of oracles(join(shared, 'oracles')))
    for (const runtime of [nodeRuntime, webRuntime]) {
      const error = await againstPyTorch(runtime, file, folder);
      const line = `${name}/${basename(file)}, ${runtime.name}: relative error ${error.toExponential(1)}`;
      result.note(error <= tolerance(name), line);
    }
  for (const file of modelsOf(join(shared, 'models'))) {
    const error = await directional(withWeights(readModel(readFileSync(file), file)), {});
    const line = `models/${basename(file)}: ${error.toExponential(1)} from differences`;
    result.note(error <= roughly, line);
  }
  await onnxTests(join(shared, 'onnx-tests'), result);
}

/** A model that PyTorch has differentiated; other folders hold other facts. */
interface Oracle {
  readonly name: string;
  readonly folder: string;
  readonly file: string;
}

function* oracles(root: string): Generator<Oracle> {
  const names = readdirSync(root);
  for (const name of names.filter(name => existsSync(join(root, name, gradientFile))))
    for (const model of ['model.onnx', 'model_unfolded.onnx'])
      yield { name, folder: join(root, name), file: join(root, name, model) };
}

const modelsOf = (folder: string): string[] =>
  readdirSync(folder)
    .filter(name => name.endsWith('.onnx'))
    .map(name => join(folder, name));

async function againstPyTorch(runtime: Runtime, file: string, folder: string): Promise<number> {
  const [points, expected] = ['x.npy', gradientFile].map(name => readFloats(join(folder, name)));
  const model = gradientModel(readModel(readFileSync(file), file));
  const gradients = await logitGradients(runtime, model, points.data, expected.shape);
  return relativeError(gradients, expected.data);
}

/** Every test whose outputs are differentiable; how many have no rule is said. */
async function onnxTests(root: string, result: CheckResult): Promise<void> {
  const without: string[] = [];
  for (const group of readdirSync(root))
    for (const test of readdirSync(join(root, group))) {
      const name = `${group}/${test}`;
      const folder = join(root, name);
      const model = readModel(readFileSync(join(folder, 'model.onnx')), folder);
      if (!isDifferentiable(model)) continue;
      try {
        const error = await fromDifferences(model, inputsOf(folder, model));
        result.note(error <= roughly, `${name}: ${error.toExponential(1)} from differences`);
      } catch (error) {
        if (error instanceof NoGradient) without.push(`${name}: no gradient: ${error.message}`);
        else result.fail(`${name}: ${messageOf(error)}`);
      }
    }
  for (const line of without) result.skip(line);
}

/** Some files hold numbers that differences cannot be taken at, so others are tried, too. */
const fromDifferences = async (model: Model, given: Inputs): Promise<number> =>
  Math.min(await directional(model, given), await directional(model, wholeNumbers(given)));

/** By name. */
type Inputs = Readonly<Record<string, Tensor>>;

const wholeNumbers = (given: Inputs): Inputs =>
  Object.fromEntries(Object.entries(given).filter(([, { type }]) => !isFloating(type)));

/** Files that hold a topology only have constant weights, for which the gradient vanishes: these get fresh ones. */
function withWeights(model: Model): Model {
  if (model.graph.nodes.every(({ operator }) => operator !== 'ConstantOfShape')) return model;
  const normalised = model.graph.nodes.some(({ operator }) => operator === 'BatchNormalization');
  return withFreshWeights(model, parseInit(normalised ? 'pytorch' : 'he-fan-in'), new Random(0));
}

/** Whether numbers go in and come out; of a sign alone the gradient is zero. */
const isDifferentiable = ({ graph }: Model): boolean =>
  graph.nodes.some(({ operator }) => operator !== 'Sign') &&
  feeds(graph).some(({ type }) => isFloating(type)) &&
  graph.outputs.some(({ type }) => isFloating(type));

/** The inputs on file, by name. */
function inputsOf(folder: string, { graph }: Model): Inputs {
  const data = join(folder, 'test_data_set_0');
  const names = feeds(graph).map(({ name }) => name);
  const files = names.map((_, i) => join(data, `input_${i}.pb`)).filter(existsSync);
  return Object.fromEntries(
    files.map((file, i) => [names[i], readTensorProto(readFileSync(file))]),
  );
}
