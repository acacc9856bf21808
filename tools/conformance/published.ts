import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const nads = fileURLToPath(new URL('../../packages/cli/bin/nads.js', import.meta.url));

/** Estimates that must reproduce the published NADs, with the least overlaps by dimension. */
const estimates = [
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

/** `nads estimate` and `nads compare` against the published NADs. */
export async function run({ shared, log }) {
  const result = { name: 'published NADs', passed: 0, failed: 0, skipped: 0, details: [] };
  const scratch = mkdtempSync(join(tmpdir(), 'nads-'));
  for (const estimate of estimates) {
    const overlap = reach(estimate, shared, join(scratch, 'out'));
    const line = `${estimate.name}: ${JSON.stringify(overlap)}`;
    const good = Object.entries(estimate.least).every(([k, least]) => overlap[k] >= least);
    result[good ? 'passed' : 'failed']++;
    if (good) log(line);
    else result.details.push(`${line}, at least ${JSON.stringify(estimate.least)} expected`);
  }
  return result;
}

function reach({ model, options, reference, least }, shared, out) {
  call(['estimate', join(shared, model), ...options, '--quiet', '--out', out]);
  const tops = Object.keys(least).join(',');
  const other = join(shared, 'reference', reference);
  const printed = call(['compare', out, other, '--top', tops, '--json']);
  const { overlap } = JSON.parse(printed);
  return Object.fromEntries(Object.entries(overlap).map(([k, x]) => [k, Number(x.toFixed(4))]));
}

function call(options) {
  const { status, stdout, stderr } = spawnSync('node', [nads, ...options], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
