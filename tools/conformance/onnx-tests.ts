import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { feeds, readModel, writeModel, type Model, type Tensor } from '@nads/onnx';
import { attempt } from './lib/attempt.ts';
import type { CheckResult } from './lib/check-result.ts';
import { compareShapes, compareStated } from './lib/compare-shapes.ts';
import { messageOf } from './lib/message-of.ts';
import { runModel, type RuntimeTensors } from './lib/run-model.ts';
import { difference, isIdentical, readTensorProto, toRuntime } from './lib/tensor.ts';
import type { CheckOptions } from './run.ts';

const tolerance = { rtol: 1e-3, atol: 1e-5 };

export const title = 'ONNX tests';

/**
 * The ONNX project's own tests: each model is read and written again, its shapes are inferred, and
 * its outputs are compared with those on file. What onnxruntime cannot run is checked for its shapes
 * and counted as skipped.
 */
export async function run({ shared, result }: CheckOptions): Promise<void> {
  let [agreeing, unknown] = [0, 0];
  for (const folder of testFolders(join(shared, 'onnx-tests'))) {
    const outcome = await check(folder).catch(failure);
    count(result, outcome);
    result.details.push(...sentences(outcome, folder.slice(shared.length + 1)));
    agreeing += outcome.agreeing;
    unknown += outcome.unknown.length;
  }
  result.log(`${agreeing} shapes agree, ${unknown} unknown`);
}

const testFolders = (root: string): string[] =>
  readdirSync(root).flatMap(group =>
    readdirSync(join(root, group)).map(name => join(root, group, name)),
  );

/** What became of one test. */
interface TestOutcome {
  readonly problems: readonly string[];
  /** Why onnxruntime does not run the model. */
  readonly notRunnable?: string;
  readonly agreeing: number;
  readonly unknown: readonly string[];
}

function count(result: CheckResult, { problems, notRunnable }: TestOutcome): void {
  if (problems.length > 0) result.failed++;
  else if (notRunnable) result.skipped++;
  else result.passed++;
}

const sentences = ({ problems, notRunnable, unknown }: TestOutcome, name: string): string[] =>
  [
    ...problems,
    ...(notRunnable ? [`not runnable: ${notRunnable}`] : []),
    ...unknown.map(value => `shape of '${value}' unknown`),
  ].map(sentence => `${name}: ${sentence}`);

async function check(folder: string): Promise<TestOutcome> {
  const bytes = readFileSync(join(folder, 'model.onnx'));
  const model = readModel(bytes, folder);
  const data = testData(folder, model);
  const original = await attempt(() => runModel(bytes, data.inputs));
  return 'problem' in original
    ? checkStill(model, data, original.problem)
    : checkRunning(model, data, original.value);
}

const failure = (error: unknown): TestOutcome => ({
  problems: [messageOf(error)],
  agreeing: 0,
  unknown: [],
});

/** Inputs by name and expected outputs of a test. */
interface TestData {
  readonly inputs: RuntimeTensors;
  readonly expected: readonly (Tensor | undefined)[];
}

function testData(folder: string, model: Model): TestData {
  const names = feeds(model.graph).map(({ name }) => name);
  const inputs = tensors(folder, 'input').map((tensor, i) => [names[i], toRuntime(tensor)]);
  return { inputs: Object.fromEntries(inputs), expected: tensors(folder, 'output') };
}

function tensors(folder: string, kind: string): Tensor[] {
  const files = readdirSync(join(folder, 'test_data_set_0')).filter(name => name.startsWith(kind));
  const paths = files.map((_, i) => join(folder, 'test_data_set_0', `${kind}_${i}.pb`));
  return paths.map(path => readTensorProto(readFileSync(path)));
}

/** Where onnxruntime runs the model: outputs before and after writing, shapes, expected outputs. */
async function checkRunning(
  model: Model,
  { inputs, expected }: TestData,
  original: RuntimeTensors,
): Promise<TestOutcome> {
  const written = await runModel(writeModel(model), inputs);
  const { agreeing, unknown, differing } = await compareShapes(model, inputs);
  const problems = model.graph.outputs.flatMap(({ name }, i) => {
    const wanted = expected[i];
    return [
      isIdentical(original[name], written[name]) ? '' : `${name} differs after writing`,
      wanted ? difference(original[name], wanted, tolerance) : `${name} is not on file`,
    ];
  });
  return { problems: [...differing, ...problems.filter(Boolean)], agreeing, unknown };
}

/** Where it does not: a second writing gives the same file, and shapes are those of the expected outputs. */
function checkStill(
  model: Model,
  { inputs, expected }: TestData,
  notRunnable: string,
): TestOutcome {
  const once = writeModel(model);
  const rewritten = Buffer.compare(once, writeModel(readModel(once))) === 0;
  const { agreeing, unknown, differing } = compareStated(model, inputs, expected);
  const problems = rewritten ? differing : [...differing, 'a second writing changes the file'];
  return { problems, notRunnable, agreeing, unknown };
}
