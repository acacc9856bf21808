import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { decodeNpy, decodeNpz } from '@nads/dataset';
import { Random, rankCorrelation } from '@nads/linalg';
import { batchDims, imageInput, readModel } from '@nads/onnx';
import {
  analysedNetwork,
  channelGroups,
  measureImportance,
  singleUnits,
  type Channels,
  type Criterion,
  type Minibatch,
  type Subject,
  type Unit,
} from '@nads/prune';
import { float32 } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import type { CheckResult } from '../lib/check-result.ts';
import { readFloats } from '../lib/read-floats.ts';
import { compareGroups, type ExpectedGroups } from './groups.ts';

/** What filters.json says. */
interface Expected {
  readonly filters: readonly { readonly conv: string; readonly channel: number }[];
  readonly groups: readonly { readonly filters: readonly number[]; readonly first_order: number }[];
}

/** What the criteria are called in importance.npz. */
const names: Readonly<Record<string, Criterion>> = {
  first_order: 'first-order',
  bn_taylor: 'first-order',
  first_order_per_example: 'per-example',
  second_order_diagonal: 'diagonal',
  second_order_row_network: 'row',
  second_order_row_layer: 'row-layer',
  weight_taylor: 'weight-taylor',
  gamma: 'scale',
  magnitude: 'magnitude',
};

/** How far importance may be off, relative to the largest. */
const tolerance = 1e-5;

/** Groups, and the importance of every filter by every criterion, of the file and of the one that shares initializers. */
export async function check(folder: string, result: CheckResult): Promise<void> {
  const name = basename(folder);
  const expected = readJson(join(folder, 'filters.json')) as Expected;
  const groups = readJson(join(folder, 'groups.json')) as ExpectedGroups;
  const importance = decodeNpz(readFileSync(join(folder, 'importance.npz')), 'importance.npz');
  for (const file of ['model.onnx', 'model_shared_initializers.onnx']) {
    const title = `${name}/${file}`;
    const model = readModel(readFileSync(join(folder, file)), file);
    const image = imageInput(model);
    const channels = channelGroups(model, { [image.name]: batchDims(image, 1) });
    compareGroups(title, channels, groups, result);
    const measured = measurer(folder, channels);
    const units = filterUnits(measured.subject, expected);
    const oracle = numbersOf(importance.get('oracle')!);
    for (const [key, criterion] of Object.entries(names)) {
      const wanted = importance.get(key);
      if (!wanted) continue;
      const found = await measured.of(criterion, units);
      const off = furthest(found, numbersOf(wanted));
      const rank = rankCorrelation(found, oracle).toFixed(3);
      result.note(
        off <= tolerance,
        `${title}: ${key} off by ${off.toExponential(1)}, rank correlation with the oracle ${rank}`,
      );
    }
    await compareGroupGates(title, measured, units, expected, result);
  }
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

const numbersOf = ({ data }: ReturnType<typeof decodeNpy>): number[] =>
  Array.from(data as Float64Array, Number);

/** Measures importance of units over the minibatches of a folder. */
interface Measurer {
  readonly subject: Omit<Subject, 'units'>;
  readonly of: (criterion: Criterion, units: readonly Unit[]) => Promise<Float64Array>;
}

function measurer(folder: string, channels: Channels): Measurer {
  const analysed = analysedNetwork(channels);
  const { shape, data } = readFloats(join(folder, 'x.npy'));
  const [count, size, ...dims] = shape;
  const file = join(folder, 'labels.npy');
  const labels = decodeNpy(readFileSync(file), file).data as Int32Array;
  const pixels = data.length / count / size;
  const batches = Array.from({ length: count }, (_, i): Minibatch => {
    const images = Float32Array.from(data.subarray(i * size * pixels, (i + 1) * size * pixels));
    const numbers = Array.from(labels.subarray(i * size, (i + 1) * size), Number);
    return { images: float32(images, [size, ...dims]), labels: numbers };
  });
  const [output] = channels.model.graph.outputs;
  const classes = channels.inference.get(output.name)!.dims!.at(-1)!;
  const subject = { analysed, inference: channels.inference, classes };
  return {
    subject,
    of: (criterion, units) =>
      measureImportance({ ...subject, units }, criterion, {
        runtime: nodeRuntime,
        batches,
        random: new Random(1),
      }),
  };
}

/** A unit for each of the oracle's filters, in its order. */
function filterUnits({ analysed: { filters } }: Measurer['subject'], expected: Expected): Unit[] {
  const all = singleUnits(filters);
  return expected.filters.map(({ conv, channel }) => {
    const list = filters.findIndex(({ weight }) => weight === conv);
    return all.find(({ members: [one] }) => one.list === list && one.place === channel)!;
  });
}

/** One gate multiplies all filters of a group. */
async function compareGroupGates(
  title: string,
  { of }: Measurer,
  filters: readonly Unit[],
  { groups }: Expected,
  result: CheckResult,
): Promise<void> {
  const units = groups.map(group => ({ members: group.filters.flatMap(i => filters[i].members) }));
  const found = await of('first-order', units);
  const off = furthest(
    found,
    groups.map(group => group.first_order),
  );
  result.note(off <= tolerance, `${title}: first order of groups off by ${off.toExponential(1)}`);
}

/** The largest difference, relative to the largest number. */
function furthest(found: ArrayLike<number>, expected: readonly number[]): number {
  const largest = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(found[i] - value))) / largest;
}
