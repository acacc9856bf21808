import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { feeds, opsetOf, readModel, upgradeOpset, writeModel } from '@nads/onnx';
import { runModel } from './lib/run-model.mjs';
import { difference, filled, isIdentical, readTensorProto, toRuntime } from './lib/tensor.mjs';

/** Of the outputs of the model as it is; of outputs on file, which other runtimes have computed. */
const tolerances = { original: { rtol: 1e-6, atol: 1e-7 }, file: { rtol: 1e-3, atol: 1e-5 } };

/**
 * Models brought to opset 17 must give the outputs that they gave before, and those on file where
 * there are some. What onnxruntime runs neither before nor after is counted as skipped.
 */
export async function run({ shared, log }) {
  const result = { name: 'models upgraded', passed: 0, failed: 0, skipped: 0, details: [] };
  const tally = { identical: 0, close: 0, revived: 0 };
  for (const file of modelFiles(shared)) {
    const { problem, skipped, kind } = await check(file).catch(failure);
    result[outcomeOf(problem, skipped)]++;
    if (kind) tally[kind]++;
    if (problem || skipped)
      result.details.push(`${file.slice(shared.length + 1)}: ${problem || skipped}`);
  }
  const { identical, close, revived } = tally;
  log(`${identical} the same to the bit, ${close} but for rounding, ${revived} run only now`);
  return result;
}

const outcomeOf = (problem, skipped) => {
  if (problem) return 'failed';
  return skipped ? 'skipped' : 'passed';
};

function modelFiles(shared) {
  return ['models', 'oracles', 'onnx-tests']
    .map(folder => join(shared, folder))
    .filter(existsSync)
    .flatMap(folder => readdirSync(folder, { recursive: true }).map(name => join(folder, name)))
    .filter(file => file.endsWith('.onnx'));
}

const failure = error => ({ problem: error.message });

async function check(file) {
  const bytes = readFileSync(file);
  const model = readModel(bytes, file);
  const upgraded = upgradeOpset(model);
  if (opsetOf(upgraded) !== 17) return { problem: `it is of opset ${opsetOf(upgraded)}` };
  const { inputs, expected } = testData(join(file, '..', 'test_data_set_0'), model);
  const before = await attempt(() => runModel(bytes, inputs));
  const after = await attempt(() => runModel(writeModel(upgraded), inputs));
  if (after.error && before.error) return { skipped: `not runnable: ${after.error}` };
  if (after.error) return { problem: after.error };
  return {
    problem: differences(model, before.value, after.value, expected),
    kind: kindOf(before.value, after.value),
  };
}

/** The first difference from the outputs before, or from those on file; undefined where there is none. */
function differences({ graph }, before, after, expected) {
  const all = graph.outputs.flatMap(({ name }, i) => [
    before && difference(after[name], before[name], tolerances.original),
    expected[i] && difference(after[name], expected[i], tolerances.file),
  ]);
  return all.find(Boolean);
}

function kindOf(before, after) {
  if (!before) return 'revived';
  return Object.keys(before).every(name => isIdentical(before[name], after[name]))
    ? 'identical'
    : 'close';
}

async function attempt(action) {
  try {
    return { value: await action() };
  } catch (error) {
    return { error: error.message.split('\n')[0] };
  }
}

/** Inputs by name and expected outputs: those of a folder, else inputs made up. */
function testData(folder, model) {
  const open = feeds(model.graph);
  const given = tensors(folder, 'input').map(toRuntime);
  const inputs = open.map(({ name, type, dims }, i) => [
    name,
    given[i] ??
      filled(
        type,
        dims.map(size => (typeof size === 'number' ? size : 2)),
      ),
  ]);
  return { inputs: Object.fromEntries(inputs), expected: tensors(folder, 'output') };
}

function tensors(folder, kind) {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter(name => name.startsWith(kind));
  return files.map((_, i) => readTensorProto(readFileSync(join(folder, `${kind}_${i}.pb`))));
}
