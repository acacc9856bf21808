// The spread of estimates with few networks: the overlap of the first NADs of ResNet-18 with the published ones for several seeds,
// with further networks along the middle of the image and without.
//   npm run script -- tools/docs/spread.ts [folder with ResNet18_NADs.npy] [networks] [first seed] [last seed]
import { existsSync, readFileSync } from 'node:fs';
import { matrix, overlap } from '@nads/linalg';
import { readModel } from '@nads/onnx';
import { directions, emptyTally, NetworkProbe, prepare, sample, type BlockSums } from '@nads/probe';
import { matrixProduct } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { threadPool } from '@nads/study/node';
import { readRows } from './lib/read-rows.ts';

const root = new URL('../../', import.meta.url);
const [folder, networks = 12, first = 1, last = 10] = process.argv.slice(2);
const file = `${folder ?? new URL('../shared/reference', root).pathname}/ResNet18_NADs.npy`;
if (!existsSync(file)) {
  console.log(`skipped: ${file} not found`);
  process.exit(0);
}

const tops = [10, 16, 100];
const least = 0.93;
const reference = readRows(file);
const model = readModel(readFileSync(new URL('models/resnet18-1x32x32.onnx', root)), 'resnet18');
const multiply = await matrixProduct(nodeRuntime);
const pool = threadPool();
const all: { readonly without: number[]; readonly with: number[] }[] = [];

const columns = tops.map(k => `k = ${k}`.padStart(8)).join('');
console.log(`${networks} networks    without further networks    with them`);
console.log(`seed        ${columns}    ${columns}`);
for (let seed = Number(first); seed <= Number(last); seed++) {
  const found = await overlaps(seed);
  all.push(found);
  const text = (values: number[]) => values.map(value => value.toFixed(4).padStart(8)).join('');
  console.log(`${String(seed).padEnd(12)}${text(found.without)}    ${text(found.with)}`);
}
for (const name of ['without', 'with'] as const) {
  const values = all.map(found => found[name][0]);
  const enough = values.filter(value => value >= least).length;
  console.log(
    `${name.padEnd(8)} lowest ${Math.min(...values).toFixed(4)}, mean ${(values.reduce((a, b) => a + b) / values.length).toFixed(4)} at k = ${tops[0]}; ` +
      `at least ${least} for ${enough} of ${values.length} seeds`,
  );
}
await pool.close();

/** Overlaps with the published directions, of the same networks with their further ones and without. */
async function overlaps(seed: number): Promise<{ without: number[]; with: number[] }> {
  const { plan } = prepare(model, { seed });
  const probe = new NetworkProbe(plan, nodeRuntime);
  const job = pool.begin<number, BlockSums>('contributions', plan);
  const tally = emptyTally(probe.blocks);
  const contribution = (index: number) => job.run(index);
  await sample(tally, { contribution, ahead: pool.size + 1, most: Number(networks) });
  await job.end();
  const reached = async (blocks: typeof probe.blocks): Promise<number[]> => {
    const { nads } = await directions(tally, probe.basis, blocks, Math.max(...tops), multiply);
    const rows = matrix(Math.max(...tops), probe.basis.size, Float64Array.from(nads));
    return tops.map(k => overlap(rows, reference, k));
  };
  const types = probe.blocks.filter(({ partOf }) => !partOf);
  return { without: await reached(types), with: await reached(probe.blocks) };
}
