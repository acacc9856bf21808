// The estimators side by side on LeNet: overlap with the published NADs after 10, 100 and 300 networks,
// and networks and seconds until the overlap at k = 10 reaches 0.9.
//   npm run script -- tools/docs/estimators.ts [folder with LeNet_NADs.npy]
import { existsSync, readFileSync } from 'node:fs';
import { matrix, overlap } from '@nads/linalg';
import { readModel } from '@nads/onnx';
import {
  directions,
  emptyTally,
  NetworkProbe,
  prepare,
  sample,
  type EstimateOptions,
  type Tally,
  type BlockSums,
} from '@nads/probe';
import { threadPool } from '@nads/study/node';
import { matrixProduct } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { readRows } from './lib/read-rows.ts';

const root = new URL('../../', import.meta.url);
const folder = process.argv[2] ?? new URL('../shared/reference', root).pathname;
const file = `${folder}/LeNet_NADs.npy`;
if (!existsSync(file)) {
  console.log(`skipped: ${file} not found`);
  process.exit(0);
}

const wanted = 0.9;
const counts = [1, 2, 3, 4, 6, 8, 10, 16, 24, 32, 48, 64, 100, 128, 192, 256, 300];
const shown = [10, 100, 300];
const reference = readRows(file);
const multiply = await matrixProduct(nodeRuntime);

console.log(
  `head          symmetry  tails  ${shown.map(n => `n = ${n}: k=10   50  100`).join('  ')}  networks, seconds to ${wanted}`,
);
for (const head of ['sampled', 'marginalised'] as const)
  for (const symmetry of ['none', 'auto'] as const)
    for (const tails of [1, 8]) await measure({ head, symmetry, tails });

/** One run, looked at after each of the counts; the clock stops while looking. */
async function measure(
  options: Required<Pick<EstimateOptions, 'head' | 'symmetry' | 'tails'>>,
): Promise<void> {
  const model = readModel(readFileSync(new URL('models/lenet.onnx', root)), 'lenet');
  const { plan } = prepare(model, { seed: 1, ...options });
  const probe = new NetworkProbe(plan, nodeRuntime);
  const pool = threadPool();
  const job = pool.begin<number, BlockSums>('contributions', plan);
  const tally = emptyTally(probe.blocks);
  const cells: string[] = [];
  let seconds = 0;
  let first: string | undefined;
  await job.run(0);
  for (const n of counts) {
    const started = performance.now();
    await sample(tally, {
      contribution: i => job.run(i),
      ahead: pool.size + 1,
      enough: t => t.networks >= n,
    });
    seconds += (performance.now() - started) / 1000;
    const reached = await overlaps(tally, probe);
    if (reached[0] >= wanted) first ??= `${n}, ${seconds.toFixed(1)} s`;
    if (shown.includes(n)) cells.push(reached.map(x => x.toFixed(2).slice(1)).join('  '));
  }
  await pool.close();
  const { head, symmetry, tails } = options;
  console.log(
    `${head.padEnd(13)} ${symmetry.padEnd(9)} ${String(tails).padEnd(6)} ${cells.map(c => c.padStart(21)).join('  ')}  ${first ?? `not within ${counts.at(-1)}`}`,
  );
}

async function overlaps(tally: Tally, probe: NetworkProbe): Promise<number[]> {
  const { nads, eigenvalues } = await directions(tally, probe.basis, probe.blocks, 100, multiply);
  const estimated = matrix(eigenvalues.length, 1024, Float64Array.from(nads));
  return [10, 50, 100].map(k => overlap(estimated, reference, k));
}
