// Compares the overlap that half-splits predict with the overlap that is reached against the published
// NADs of LeNet, for 20, 100 and 300 networks: prints a table and writes docs/images/stability.svg.
//   npm run script -- tools/docs/stability.ts [folder with LeNet_NADs.npy]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { addGram, matrix, mirrorLower, overlap, symmetricEigen, type Matrix } from '@nads/linalg';
import { readModel } from '@nads/onnx';
import {
  directions,
  emptyTally,
  NetworkProbe,
  prepare,
  sample,
  type EstimateOptions,
  type BlockSums,
} from '@nads/probe';
import { parseBasis } from '@nads/basis';
import { threadPool } from '@nads/study/node';
import { chart } from '@nads/report';
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

const counts = [20, 100, 300];
const tops = [10, 50, 100];
const configurations: readonly (readonly [name: string, options: EstimateOptions])[] = [
  ['default', {}],
  ['--tails 1', { tails: 1 }],
  ['--tails 1 --symmetry none', { tails: 1, symmetry: 'none' }],
];

const reference = readRows(file);
const noise = Object.fromEntries(tops.map(k => [k, referenceNoise(reference, k)]));
const multiply = await matrixProduct(nodeRuntime);
/** What half-splits of so many networks predict of their first directions, and what is reached. */
interface Row {
  readonly name: string;
  readonly n: number;
  readonly top: number;
  readonly half: number;
  readonly predicted: number;
  readonly reached: number;
}

const rows: Row[] = [];
for (const [name, options] of configurations) rows.push(...(await measure(name, options)));
console.log('estimator                   networks    k   half-split  predicted  reached');
for (const r of rows)
  console.log(
    `${r.name.padEnd(27)} ${String(r.n).padStart(8)} ${String(r.top).padStart(4)}   ` +
      `${r.half.toFixed(3).padStart(10)} ${r.predicted.toFixed(3).padStart(10)} ${r.reached.toFixed(3).padStart(8)}`,
  );
const errors = rows.map(r => Math.abs(r.predicted - r.reached));
console.log(
  `largest difference ${Math.max(...errors).toFixed(3)}, mean ${(errors.reduce((a, b) => a + b) / errors.length).toFixed(3)}`,
);
writeFileSync(new URL('docs/images/stability.svg', root), picture(rows));

/** Networks one after the other, looked at after each of the counts. */
async function measure(name: string, options: EstimateOptions): Promise<Row[]> {
  const model = readModel(readFileSync(new URL('models/lenet.onnx', root)), 'lenet');
  const { plan } = prepare(model, { seed: 1, ...options });
  const probe = new NetworkProbe(plan, nodeRuntime);
  const pool = threadPool();
  const job = pool.begin<number, BlockSums>('contributions', plan);
  const tally = emptyTally(probe.blocks);
  const found: Row[] = [];
  for (const n of counts) {
    await sample(tally, {
      contribution: index => job.run(index),
      ahead: pool.size + 1,
      enough: ({ networks }) => networks >= n,
    });
    const { nads, eigenvalues, stability } = await directions(
      tally,
      probe.basis,
      probe.blocks,
      100,
      multiply,
    );
    const estimated = matrix(eigenvalues.length, 1024, Float64Array.from(nads));
    for (const top of tops) {
      const { halfSplitOverlap, predictedOverlap } = stability.find(s => s.top === top)!;
      const predicted = predictedOverlap * (1 - noise[top]);
      found.push({
        name,
        n,
        top,
        half: halfSplitOverlap,
        predicted,
        reached: overlap(estimated, reference, top),
      });
    }
  }
  await pool.close();
  return found;
}

/**
 * The share of the published subspace that is noise: averaging its projector over the eight symmetries
 * of the square removes 7/8 of what is not symmetric.
 */
function referenceNoise(rows: Matrix, k: number): number {
  const top = matrix(k, 1024, rows.data.subarray(0, k * 1024));
  const columns = new Float64Array(1024 * 8 * k);
  const square = { channels: 1, height: 32, width: 32 };
  const { flipRows, flipColumns, transposition } = parseBasis('pixels', square).relabellings!;
  for (let g = 0; g < 8; g++)
    for (let j = 0; j < 1024; j++) {
      let at = j;
      if (g & 1) at = flipRows!.index[at];
      if (g & 2) at = flipColumns!.index[at];
      if (g & 4) at = transposition!.index[at];
      for (let i = 0; i < k; i++) columns[at * 8 * k + g * k + i] = top.data[i * 1024 + j];
    }
  const projector = matrix(1024, 1024);
  addGram(projector, columns);
  mirrorLower(projector);
  return (1 - overlap(symmetricEigen(projector).vectors, rows, k)) * (8 / 7);
}

function picture(all: readonly Row[]): string {
  const names = [...new Set(all.map(r => r.name))];
  return chart({
    title: 'Overlap with the published NADs of LeNet: predicted and reached',
    x: { title: 'predicted from half-splits', domain: [0.4, 1] },
    y: { title: 'reached', domain: [0.4, 1] },
    series: [
      ...names.map(name => {
        const own = all.filter(r => r.name === name);
        return {
          label: name,
          x: own.map(r => r.predicted),
          y: own.map(r => r.reached),
          points: true,
          line: false,
        };
      }),
      { label: 'equal', x: [0.4, 1], y: [0.4, 1], dashed: true },
    ],
  });
}
