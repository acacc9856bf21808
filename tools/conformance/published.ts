import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callNads } from './lib/call-nads.ts';
import type { CheckOptions } from './run.ts';

/** An estimate that must reproduce published NADs. */
interface Estimate {
  readonly name: string;
  readonly model: string;
  readonly options: readonly string[];
  readonly reference: string;
  /** The least overlaps by dimension. */
  readonly least: Overlaps;
}

/** By dimension. */
type Overlaps = Readonly<Record<string, number>>;

const estimates: readonly Estimate[] = [
  {
    name: 'LeNet, 100 networks',
    model: 'oracles/lenet/model.onnx',
    options: ['--networks', '100', '--seed', '1'],
    reference: 'LeNet_NADs.npy',
    least: { 10: 0.95, 100: 0.89 },
  },
  ...Array.from({ length: 10 }, (_, seed) => ({
    name: `LeNet, 10 networks, seed ${seed}`,
    model: 'oracles/lenet/model.onnx',
    options: ['--networks', '10', '--seed', String(seed)],
    reference: 'LeNet_NADs.npy',
    least: { 10: 0.9 },
  })),
];

export const title = 'published NADs';

/** `nads estimate` and `nads compare` against the published NADs. */
export async function run({ shared, result }: CheckOptions): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'nads-'));
  for (const [i, estimate] of estimates.entries()) {
    const overlap = reach(estimate, shared, join(scratch, String(i)));
    const line = `${estimate.name}: ${JSON.stringify(overlap)}`;
    const good = Object.entries(estimate.least).every(([k, least]) => overlap[k] >= least);
    result.note(good, line, `, at least ${JSON.stringify(estimate.least)} expected`);
  }
}

function reach(
  { model, options, reference, least }: Estimate,
  shared: string,
  out: string,
): Overlaps {
  callNads('estimate', join(shared, model), ...options, '--quiet', '--out', out);
  const tops = Object.keys(least).join(',');
  const other = join(shared, 'reference', reference);
  const printed = callNads('compare', out, other, '--top', tops, '--json');
  const { overlap } = JSON.parse(printed) as { overlap: Overlaps };
  return Object.fromEntries(Object.entries(overlap).map(([k, x]) => [k, Number(x.toFixed(4))]));
}
