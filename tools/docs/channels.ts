// Checks that the covariance of a colour model is block diagonal with equal blocks, one per channel:
// cross-channel blocks and differences between blocks, in units of their own sampling error (about 1
// where there is nothing but noise), for several steps.
//   npm run script -- tools/docs/channels.ts [model] [networks] [steps]
import { readFileSync } from 'node:fs';
import { readModel } from '@nads/onnx';
import { emptyTally, NetworkProbe, prepare, sample, type Tally, type BlockSums } from '@nads/probe';
import { threadPool } from '@nads/study/node';
import { nodeRuntime } from '@nads/runtime/node';

const [file = 'models/vgg11bn-narrow.onnx', networks = '64'] = process.argv.slice(2);
const steps = (process.argv[4] ?? '100,30,10,3,1,0.1').split(',').map(Number);

const squares = (values: Float64Array): number => values.reduce((sum, x) => sum + x * x, 0);
const difference = (a: Float64Array, b: Float64Array): Float64Array => a.map((x, i) => x - b[i]);
const average = (groups: readonly Float64Array[]): Float64Array =>
  groups[0].map((_, i) => groups.reduce((sum, group) => sum + group[i], 0) / groups.length);

console.log(`${file}, ${networks} networks, blocks of 4×4 pixels`);
console.log('  step   across channels: size, in errors   between channels: size, in errors');
for (const step of steps) {
  const { tally, size } = await covariance(step);
  const [across, between] = [crossBlocks, blockDifferences].map(of => inErrors(tally, size, of));
  console.log(
    `${String(step).padStart(6)}   ${across.size.toFixed(4).padStart(21)} ${across.errors.toFixed(2).padStart(11)}` +
      `   ${between.size.toFixed(4).padStart(22)} ${between.errors.toFixed(2).padStart(11)}`,
  );
}

/** All three channels, no symmetry. */
async function covariance(step: number): Promise<{ tally: Tally; size: number }> {
  const model = readModel(readFileSync(file), file);
  const { plan } = prepare(model, { seed: 1, step, basis: 'blocks:4', symmetry: 'none' });
  const probe = new NetworkProbe(plan, nodeRuntime);
  const pool = threadPool();
  const job = pool.begin<number, BlockSums>('contributions', plan);
  const tally = emptyTally(probe.blocks);
  const enough = (sofar: Tally): boolean => sofar.networks >= Number(networks);
  await sample(tally, { contribution: i => job.run(i), ahead: pool.size + 1, enough });
  await pool.close();
  return { tally, size: probe.basis.size };
}

/** Numbers that are linear in the packed covariance of a basis of this size. */
type Linear = (c: Float64Array, size: number) => Float64Array;

/** Norm of a linear function of C relative to C's own, and relative to its standard error. */
function inErrors(tally: Tally, size: number, of: Linear): { size: number; errors: number } {
  const groups = tally.groups.map(([{ data }]) => data);
  const mean = average(groups);
  const whole = of(mean, size);
  const spread = groups.reduce(
    (sum, group) => sum + squares(difference(of(group, size), whole)),
    0,
  );
  const error = Math.sqrt(spread / (groups.length * (groups.length - 1)));
  return {
    size: Math.sqrt(squares(whole) / squares(mean)),
    errors: Math.sqrt(squares(whole)) / error,
  };
}

function crossBlocks(c: Float64Array, size: number): Float64Array {
  const third = size / 3;
  return c.filter((_, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    return j < i && Math.floor(i / third) !== Math.floor(j / third);
  });
}

function blockDifferences(c: Float64Array, size: number): Float64Array {
  const third = size / 3;
  const out: number[] = [];
  for (let i = 0; i < third; i++)
    for (let j = 0; j <= i; j++) {
      const at = (channel: number): number => c[(i + channel * third) * size + j + channel * third];
      out.push(at(0) - at(1), at(1) - at(2));
    }
  return Float64Array.from(out);
}
