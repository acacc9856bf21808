import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  feeds,
  opsetOf,
  readModel,
  upgradeOpset,
  writeModel,
  type Model,
  type Tensor,
} from '@nads/onnx';
import { attempt } from './lib/attempt.ts';
import { messageOf } from './lib/message-of.ts';
import { modelFiles } from './lib/model-files.ts';
import { runModel, type RuntimeTensors } from './lib/run-model.ts';
import { difference, filled, isIdentical, readTensorProto, toRuntime } from './lib/tensor.ts';
import type { CheckOptions } from './run.ts';

/** Of the outputs of the model as it is; of outputs on file, which other runtimes have computed. */
const tolerances = { original: { rtol: 1e-6, atol: 1e-7 }, file: { rtol: 1e-3, atol: 1e-5 } };

export const title = 'models upgraded';

/**
 * Models brought to opset 17 must give the outputs that they gave before, and those on file where
 * there are some. What onnxruntime runs neither before nor after is counted as skipped.
 */
export async function run({ shared, result }: CheckOptions): Promise<void> {
  const tally = { identical: 0, close: 0, revived: 0 };
  for (const file of modelFiles(shared, ['models', 'oracles', 'onnx-tests'])) {
    const { problem, skipped, kind } = await check(file).catch(failure);
    const name = file.slice(shared.length + 1);
    if (problem) result.fail(`${name}: ${problem}`);
    else if (skipped) result.skip(`${name}: ${skipped}`);
    else result.pass();
    if (kind) tally[kind]++;
  }
  const { identical, close, revived } = tally;
  result.log(
    `${identical} the same to the bit, ${close} but for rounding, ${revived} run only now`,
  );
}

/** How the outputs after the upgrade compare with those before. */
type Kind = 'identical' | 'close' | 'revived';

/** What became of one model. */
interface UpgradeOutcome {
  readonly problem?: string;
  readonly skipped?: string;
  readonly kind?: Kind;
}

const failure = (error: unknown): UpgradeOutcome => ({ problem: messageOf(error) });

async function check(file: string): Promise<UpgradeOutcome> {
  const bytes = readFileSync(file);
  const model = readModel(bytes, file);
  const upgraded = upgradeOpset(model);
  if (opsetOf(upgraded) !== 17) return { problem: `it is of opset ${opsetOf(upgraded)}` };
  const { inputs, expected } = testData(join(file, '..', 'test_data_set_0'), model);
  const original = await attempt(() => runModel(bytes, inputs));
  const after = await attempt(() => runModel(writeModel(upgraded), inputs));
  if ('problem' in after)
    return 'problem' in original
      ? { skipped: `not runnable: ${after.problem}` }
      : { problem: after.problem };
  const before = 'value' in original ? original.value : undefined;
  return {
    problem: differences(model, before, after.value, expected),
    kind: kindOf(before, after.value),
  };
}

/** The first difference from the outputs before, or from those on file; undefined where there is none. */
function differences(
  { graph }: Model,
  before: RuntimeTensors | undefined,
  after: RuntimeTensors,
  expected: readonly (Tensor | undefined)[],
): string | undefined {
  const all = graph.outputs.flatMap(({ name }, i) => {
    const onFile = expected[i];
    return [
      before && difference(after[name], before[name], tolerances.original),
      onFile && difference(after[name], onFile, tolerances.file),
    ];
  });
  return all.find(Boolean);
}

function kindOf(before: RuntimeTensors | undefined, after: RuntimeTensors): Kind {
  if (!before) return 'revived';
  return Object.keys(before).every(name => isIdentical(before[name], after[name]))
    ? 'identical'
    : 'close';
}

/** Inputs by name and expected outputs: those of a folder, else inputs made up. */
function testData(
  folder: string,
  model: Model,
): { inputs: RuntimeTensors; expected: readonly (Tensor | undefined)[] } {
  const open = feeds(model.graph);
  const given = tensors(folder, 'input').map(toRuntime);
  const inputs = open.map(({ name, type, dims = [] }, i) => [
    name,
    given.at(i) ??
      filled(
        type,
        dims.map(size => (typeof size === 'number' ? size : 2)),
      ),
  ]);
  return { inputs: Object.fromEntries(inputs), expected: tensors(folder, 'output') };
}

function tensors(folder: string, kind: string): Tensor[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter(name => name.startsWith(kind));
  return files.map((_, i) => readTensorProto(readFileSync(join(folder, `${kind}_${i}.pb`))));
}
