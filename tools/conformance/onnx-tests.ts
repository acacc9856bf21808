import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { feeds, readModel, writeModel } from '@nads/onnx';
import { compareShapes, compareStated } from './lib/compare-shapes.mjs';
import { runModel } from './lib/run-model.mjs';
import { difference, isIdentical, readTensorProto, toRuntime } from './lib/tensor.mjs';

const tolerance = { rtol: 1e-3, atol: 1e-5 };

/**
 * The ONNX project's own tests: each model is read and written again, its shapes are inferred, and
 * its outputs are compared with those on file. What onnxruntime cannot run is checked for its shapes
 * and counted as skipped.
 */
export async function run({ shared, log }) {
  const result = { name: 'ONNX tests', passed: 0, failed: 0, skipped: 0, details: [] };
  let [agreeing, unknown] = [0, 0];
  for (const folder of testFolders(join(shared, 'onnx-tests'))) {
    const outcome = await check(folder).catch(failure);
    result[outcomeOf(outcome)]++;
    result.details.push(...sentences(outcome, folder.slice(shared.length + 1)));
    agreeing += outcome.agreeing;
    unknown += outcome.unknown.length;
  }
  log(`${agreeing} shapes agree, ${unknown} unknown`);
  return result;
}

const testFolders = root =>
  readdirSync(root).flatMap(group =>
    readdirSync(join(root, group)).map(name => join(root, group, name)),
  );

const outcomeOf = ({ problems, notRunnable }) => {
  if (problems.length > 0) return 'failed';
  return notRunnable ? 'skipped' : 'passed';
};

const sentences = ({ problems, notRunnable, unknown }, name) =>
  [
    ...problems,
    ...(notRunnable ? [`not runnable: ${notRunnable}`] : []),
    ...unknown.map(value => `shape of '${value}' unknown`),
  ].map(sentence => `${name}: ${sentence}`);

async function check(folder) {
  const bytes = readFileSync(join(folder, 'model.onnx'));
  const model = readModel(bytes, folder);
  const data = testData(folder, model);
  const original = await attempt(() => runModel(bytes, data.inputs));
  return original.error
    ? checkStill(model, data, original.error)
    : checkRunning(model, data, original.value);
}

const nothing = { problems: [], agreeing: 0, unknown: [] };

const failure = error => ({ ...nothing, problems: [error.message] });

async function attempt(action) {
  try {
    return { value: await action() };
  } catch (error) {
    return { error: error.message.split('\n')[0] };
  }
}

/** Inputs by name and expected outputs of a test. */
function testData(folder, model) {
  const names = feeds(model.graph).map(({ name }) => name);
  const inputs = tensors(folder, 'input').map((tensor, i) => [names[i], toRuntime(tensor)]);
  return { inputs: Object.fromEntries(inputs), expected: tensors(folder, 'output') };
}

function tensors(folder, kind) {
  const files = readdirSync(join(folder, 'test_data_set_0')).filter(name => name.startsWith(kind));
  const paths = files.map((_, i) => join(folder, 'test_data_set_0', `${kind}_${i}.pb`));
  return paths.map(path => readTensorProto(readFileSync(path)));
}

/** Where onnxruntime runs the model: outputs before and after writing, shapes, expected outputs. */
async function checkRunning(model, { inputs, expected }, original) {
  const written = await runModel(writeModel(model), inputs);
  const { agreeing, unknown, differing } = await compareShapes(model, inputs);
  const problems = model.graph.outputs.flatMap(({ name }, i) => [
    isIdentical(original[name], written[name]) ? '' : `${name} differs after writing`,
    expected[i] ? difference(original[name], expected[i], tolerance) : `${name} is not on file`,
  ]);
  return { problems: [...differing, ...problems.filter(Boolean)], agreeing, unknown };
}

/** Where it does not: a second writing gives the same file, and shapes are those of the expected outputs. */
function checkStill(model, { inputs, expected }, notRunnable) {
  const once = writeModel(model);
  const rewritten = Buffer.compare(once, writeModel(readModel(once))) === 0;
  const { agreeing, unknown, differing } = compareStated(model, inputs, expected);
  const problems = rewritten ? differing : [...differing, 'a second writing changes the file'];
  return { problems, notRunnable, agreeing, unknown };
}
