// Secants of steps from 0.01 to 100 against exact gradients, the same 100 LeNets (seed 1, last layer averaged over, no
// symmetries): prints overlaps and writes docs/images/secants-and-gradients.png (16 directions of either kind) and
// docs/images/step.svg. If the published NADs are available, their overlap is printed, too.
//   npm run script -- tools/docs/secants-and-gradients.ts [folder with LeNet_NADs.npy]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fourierEnergy, matrix, overlap, type Matrix } from '@nads/linalg';
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
import { threadPool } from '@nads/study/node';
import { beside, chart, gallery, sheetSvg, type Series, type Sheet } from '@nads/report';
import { svgToPng } from '@nads/report/node';
import { matrixProduct } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { readRows } from './lib/read-rows.ts';

/** The first directions that some networks show, as rows, and their eigenvalues. */
interface Shown {
  readonly rows: Matrix;
  readonly eigenvalues: Float64Array;
}

const root = new URL('../../', import.meta.url);
const folder = process.argv[2] ?? new URL('../shared/reference', root).pathname;
const file = `${folder}/LeNet_NADs.npy`;
const published = existsSync(file) ? readRows(file) : undefined;
if (!published) console.log(`overlaps with the published NADs are skipped: ${file} not found`);

const networks = 100;
const steps = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100];
const tops = [10, 50, 100];
const multiply = await matrixProduct(nodeRuntime);

const gradient = await measure({ probe: 'gradient' });
const secants: Shown[] = [];
for (const step of steps) secants.push(await measure({ step }));
const widest = secants.at(-1)!;

console.log(`overlap at k = ${tops.join(', ')}`);
console.log(
  `probe         with gradients   with secants of 100${published ? '   with the published' : ''}`,
);
steps.forEach((step, i) => print(`secant ${step}`, secants[i]));
print('gradient', gradient);

writeFileSync(new URL('docs/images/step.svg', root), stepChart());
writeFileSync(
  new URL('docs/images/secants-and-gradients.png', root),
  await svgToPng(sheetSvg(galleries()), { dpi: 144 }),
);

/** The first 100 directions that some networks show, and their eigenvalues. */
async function measure(options: EstimateOptions): Promise<Shown> {
  const model = readModel(readFileSync(new URL('models/lenet.onnx', root)), 'lenet');
  const { plan } = prepare(model, { seed: 1, symmetry: 'none', tails: 1, ...options });
  const probe = new NetworkProbe(plan, nodeRuntime);
  const pool = threadPool();
  const job = pool.begin<number, BlockSums>('contributions', plan);
  const tally = emptyTally(probe.blocks);
  await sample(tally, {
    contribution: i => job.run(i),
    ahead: pool.size + 1,
    most: networks,
  });
  await pool.close();
  const { nads, eigenvalues } = await directions(tally, probe.basis, probe.blocks, 100, multiply);
  return { rows: matrix(100, 1024, Float64Array.from(nads)), eigenvalues };
}

function print(name: string, { rows }: Shown): void {
  const overlaps = (other: Matrix): string =>
    tops.map(k => overlap(rows, other, k).toFixed(3).replace(/^0/, '')).join(' ');
  const cells = [overlaps(gradient.rows), overlaps(widest.rows), published && overlaps(published)];
  console.log(`${name.padEnd(14)}${cells.filter(Boolean).join('   ')}`);
}

function stepChart(): string {
  const curve = (label: string, other: Shown, k: number, dashed = false): Series => ({
    label: `${label}, k = ${k}`,
    x: steps,
    y: secants.map(({ rows }) => overlap(rows, other.rows, k)),
    dashed,
  });
  return chart({
    title: 'Secants of LeNet between gradients and the widest secants',
    x: { title: 'step h', scale: 'log' },
    y: { title: 'overlap', domain: [0, 1] },
    series: [
      curve('with gradients', gradient, 10),
      curve('with gradients', gradient, 100, true),
      curve('with secants of step 100', widest, 10),
      curve('with secants of step 100', widest, 100, true),
    ],
  });
}

function galleries(): Sheet {
  return beside([pictures('Secants, h = 100', widest), pictures('Gradients', gradient)], 12);
}

function pictures(title: string, { rows, eigenvalues }: Shown): Sheet {
  const shown = Array.from({ length: 16 }, (_, i) => rows.data.subarray(i * 1024, (i + 1) * 1024));
  return gallery({
    directions: shown,
    energies: shown.map(nad => fourierEnergy(nad, 32, 32)),
    height: 32,
    width: 32,
    columns: 4,
    values: eigenvalues.subarray(0, 16),
    title,
    legend: 'Numbers: index from 0, eigenvalue.',
  });
}
