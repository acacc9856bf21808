import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readModel, writeModel, type Model } from '@nads/onnx';
import { channelGroups, shrink, zeroed, type Channel, type Channels } from '@nads/prune';
import type { CheckResult } from '../lib/check-result.ts';
import { readFloats, type Floats } from '../lib/read-floats.ts';
import { withSession } from '../lib/scored-oracle.ts';

/** What groups.json says. */
export interface ExpectedGroups {
  readonly groups: readonly {
    readonly entries: readonly { readonly initializer: string; readonly axis: number }[];
    readonly channels: readonly (readonly (readonly number[])[])[];
  }[];
  readonly fixed?: readonly string[];
}

/** How far outputs may be off, relative to the largest. */
const tolerance = 1e-5;

/** Channel groups against those on file; every listed channel removed against the same channel zeroed. */
export async function check(folder: string, result: CheckResult): Promise<void> {
  const name = basename(folder);
  const file = join(folder, 'model.onnx');
  const expected = JSON.parse(readFileSync(join(folder, 'groups.json'), 'utf8')) as ExpectedGroups;
  const x = readFloats(join(folder, 'x.npy'));
  const model = readModel(readFileSync(file), file);
  const channels = channelGroups(model, { [model.graph.inputs[0].name]: x.shape });
  compareGroups(name, channels, expected, result);
  const output = await outputOf(model, x);
  const largest = largestOf(output);
  const off = difference(output, Array.from(readFloats(join(folder, 'output.npy')).data));
  result.note(off <= tolerance * largest, `${name}: output off by ${off.toExponential(1)}`);
  for (const [i, group] of expected.groups.entries())
    for (const [k, indices] of group.channels.entries()) {
      const channel = channelAt(channels, group.entries[0], indices[0]);
      const title = `${name}: channel ${k} of group ${i}`;
      if (!channel) result.fail(`${title} cannot be removed`);
      else await checkRemoval(title, channels, [channel], { x, largest, result });
    }
}

/** A group is what its channels hold: names of entries and places along them. */
export function compareGroups(
  name: string,
  { groups, fixed }: Channels,
  expected: ExpectedGroups,
  result: CheckResult,
): void {
  const keyOf = (entries: unknown, channels: readonly unknown[]): string =>
    JSON.stringify([entries, ...channels.map(channel => JSON.stringify(channel)).toSorted()]);
  const found = new Set(
    groups.map(({ entries, channels }) =>
      keyOf(
        entries,
        channels.map(({ indices }) => indices),
      ),
    ),
  );
  const wanted = expected.groups.map(({ entries, channels }) =>
    keyOf(
      entries.map(({ initializer, axis }) => ({ initializer, axis })),
      channels,
    ),
  );
  const missing = wanted.flatMap((key, i) => (found.has(key) ? [] : [i]));
  result.note(
    missing.length === 0 && found.size === wanted.length,
    `${name}: ${found.size} groups, ${wanted.length} expected, differing: ${missing.join(', ') || 'none'}`,
  );
  if (!expected.fixed) return;
  const ours = fixed.map(({ initializer, axis }) => `${initializer} axis ${axis}`);
  result.note(
    String(ours) === String(expected.fixed.toSorted()),
    `${name}: fixed ${ours.join(', ')}`,
  );
}

function channelAt(
  { groups }: Channels,
  { initializer, axis }: { readonly initializer: string; readonly axis: number },
  indices: readonly number[],
): Channel | undefined {
  return groups
    .flatMap(group => group.channels)
    .find(({ parts }) =>
      parts.some(
        part =>
          part.value === initializer && part.axis === axis && part.indices.includes(indices[0]),
      ),
    );
}

/** What a removal is compared on. */
interface Comparison {
  readonly x: Floats;
  readonly largest: number;
  readonly result: CheckResult;
}

async function checkRemoval(
  title: string,
  channels: Channels,
  removed: readonly Channel[],
  { x, largest, result }: Comparison,
): Promise<void> {
  const [small, zeros] = [shrink(channels, removed), zeroed(channels, removed)];
  const off = difference(await outputOf(small, x), await outputOf(zeros, x)) / largest;
  result.note(off <= tolerance, `${title}: removed and zeroed differ by ${off.toExponential(1)}`);
}

const outputOf = (model: Model, { data, shape }: Floats): Promise<number[]> =>
  withSession(writeModel(model), async session => {
    const [input] = model.graph.inputs;
    const [output] = model.graph.outputs;
    const found = await session.run({
      [input.name]: { type: 'float32', data: Float32Array.from(data), dims: shape },
    });
    return Array.from(found[output.name].data as Float32Array);
  });

const largestOf = (values: readonly number[]): number => Math.max(...values.map(Math.abs));

const difference = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((value, i) => Math.abs(value - b[i])));
