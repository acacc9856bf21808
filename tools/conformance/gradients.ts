import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { decodeNpy } from '@nads/dataset';
import { Random } from '@nads/linalg';
import { feeds, isFloating, NoGradient, parseInit, readModel, withFreshWeights } from '@nads/onnx';
import { gradientModel, GradientRunner, pixelsOf } from '@nads/probe';
import { nodeRuntime } from '@nads/runtime/node';
import { webRuntime } from '@nads/runtime/web';
import { directional } from './lib/directional.mjs';
import { readTensorProto } from './lib/tensor.mjs';

/** Largest relative Frobenius error against PyTorch. */
const tolerance = { lenet: 1e-5, others: 1e-3 };
/** Largest relative difference to central differences in single precision. */
const roughly = 2e-2;

/**
 * Gradients of the oracles against PyTorch's, in Node's runtime and the browser's; of third-party models
 * and of the ONNX project's tests against central differences.
 */
export async function run({ shared, log }) {
  const result = { name: 'gradients', passed: 0, failed: 0, skipped: 0, details: [] };
  const note = (good, line) => {
    result[good ? 'passed' : 'failed']++;
    if (good) log(line);
    else result.details.push(line);
  };
  for (const { name, file, folder } of oracles(join(shared, 'oracles')))
    for (const runtime of [nodeRuntime, webRuntime]) {
      const error = await againstPyTorch(runtime, file, folder);
      const allowed = tolerance[name] ?? tolerance.others;
      const line = `${name}/${basename(file)}, ${runtime.name}: relative error ${error.toExponential(1)}`;
      note(error <= allowed, line);
    }
  for (const file of modelsOf(join(shared, 'models'))) {
    const error = await directional(withWeights(readModel(readFileSync(file), file)), {});
    note(error <= roughly, `models/${basename(file)}: ${error.toExponential(1)} from differences`);
  }
  await onnxTests(join(shared, 'onnx-tests'), result, note);
  return result;
}

function* oracles(root) {
  for (const name of readdirSync(root))
    for (const model of ['model.onnx', 'model_unfolded.onnx'])
      yield { name, folder: join(root, name), file: join(root, name, model) };
}

const modelsOf = folder =>
  readdirSync(folder)
    .filter(name => name.endsWith('.onnx'))
    .map(name => join(folder, name));

async function againstPyTorch(runtime, file, folder) {
  const read = name => decodeNpy(readFileSync(join(folder, name)), name);
  const [points, expected] = [read('x.npy'), read('logit_gradients.npy')];
  const model = gradientModel(readModel(readFileSync(file), file));
  const session = await runtime.createSession(model.model, { threads: 1 });
  const runner = new GradientRunner(session, model);
  const [count, outputs] = expected.shape;
  const pixels = pixelsOf(model.image);
  const images = new Float32Array(expected.data.length);
  const seeds = new Float32Array(count * outputs * runner.outputs);
  for (let row = 0; row < count * outputs; row++) {
    const point = Math.floor(row / outputs);
    images.set(points.data.subarray(point * pixels, (point + 1) * pixels), row * pixels);
    seeds[row * runner.outputs + (row % outputs)] = 1;
  }
  const { gradients } = await runner.run(images, seeds);
  await session.release();
  return relativeError(gradients, expected.data);
}

function relativeError(actual, expected) {
  const square = values => values.reduce((sum, x) => sum + x * x, 0);
  return Math.sqrt(square(expected.map((x, i) => actual[i] - x)) / square(expected));
}

/** Every test whose outputs are differentiable; how many have no rule is said. */
async function onnxTests(root, result, note) {
  const without = new Map();
  for (const group of readdirSync(root))
    for (const name of readdirSync(join(root, group))) {
      const folder = join(root, group, name);
      const model = readModel(readFileSync(join(folder, 'model.onnx')), folder);
      if (!isDifferentiable(model)) continue;
      try {
        const given = inputsOf(folder, model);
        // some files hold numbers that differences cannot be taken at
        const error = Math.min(
          await directional(model, given),
          await directional(model, wholeNumbers(given)),
        );
        note(error <= roughly, `${group}/${name}: ${error.toExponential(1)} from differences`);
      } catch (error) {
        if (error instanceof NoGradient) without.set(`${group}/${name}`, error.message);
        else note(false, `${group}/${name}: ${error.message.split('\n')[0]}`);
      }
    }
  result.skipped += without.size;
  for (const [name, message] of without) result.details.push(`${name}: no gradient: ${message}`);
}

const wholeNumbers = given =>
  Object.fromEntries(Object.entries(given).filter(([, { type }]) => !isFloating(type)));

/** Files that hold a topology only have constant weights, for which the gradient vanishes: these get fresh ones. */
function withWeights(model) {
  if (model.graph.nodes.every(({ operator }) => operator !== 'ConstantOfShape')) return model;
  const normalised = model.graph.nodes.some(({ operator }) => operator === 'BatchNormalization');
  return withFreshWeights(model, parseInit(normalised ? 'pytorch' : 'he-fan-in'), new Random(0));
}

/** Whether numbers go in and come out; of a sign alone the gradient is zero. */
const isDifferentiable = ({ graph }) =>
  graph.nodes.some(({ operator }) => operator !== 'Sign') &&
  feeds(graph).some(({ type }) => isFloating(type)) &&
  graph.outputs.some(({ type }) => isFloating(type));

/** The inputs on file, by name. */
function inputsOf(folder, { graph }) {
  const data = join(folder, 'test_data_set_0');
  const names = feeds(graph).map(({ name }) => name);
  const files = names.map((_, i) => join(data, `input_${i}.pb`)).filter(existsSync);
  return Object.fromEntries(
    files.map((file, i) => [names[i], readTensorProto(readFileSync(file))]),
  );
}
