// What running probes on crops of maps saves: processor seconds of one network's contribution on whole images and on crops, taking
// turns in one process, with one draw of all weights; where the time on crops goes; and whether both give the same.
//   npm run script -- tools/docs/locality.ts [model] [rounds] [options as JSON]
import { readFileSync } from 'node:fs';
import { readModel } from '@nads/onnx';
import { NetworkProbe, prepare, type BlockSums, type EstimateOptions } from '@nads/probe';
import { gramProduct, type Runtime, type Values } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';

const [file = 'models/lenet.onnx', rounds = '5', options = '{}'] = process.argv.slice(2);
const chosen = JSON.parse(options) as EstimateOptions;
const model = readModel(readFileSync(file), file);
const gram = await gramProduct(nodeRuntime, 1);

// of all threads: on a machine that does other things, too, the clock says little
const seconds = () => process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6;

/** Seconds in making sessions, and in running each of them. */
interface Time {
  sessions: number;
  readonly runs: { seconds: number; images: number }[];
}

/** A runtime that adds up seconds. */
function watched(): { time: Time; runtime: Runtime } {
  const time: Time = { sessions: 0, runs: [] };
  const createSession: Runtime['createSession'] = async (bytes, settings) => {
    const before = seconds();
    const session = await nodeRuntime.createSession(bytes, settings);
    time.sessions += seconds() - before;
    const own = { seconds: 0, images: 0 };
    time.runs.push(own);
    const run = async (inputs: Values): Promise<Values> => {
      const started = seconds();
      const outputs = await session.run(inputs);
      own.seconds += seconds() - started;
      own.images += Object.values(inputs)[0].dims[0];
      return outputs;
    };
    return { ...session, run, release: () => session.release() };
  };
  return { time, runtime: { ...nodeRuntime, createSession } };
}

/** Probes network after network on crops or on whole images. */
function prober(local: 'auto' | 'none') {
  const preparation = prepare(model, { tails: 1, further: 0, ...chosen, local });
  const { time, runtime } = watched();
  const probe = new NetworkProbe(preparation.plan, runtime, { gram });
  const all: number[] = [];
  const probed = async (index: number): Promise<BlockSums> => {
    time.sessions = 0;
    time.runs.length = 0;
    const started = seconds();
    const sums = await probe.contribution(index);
    all.push(seconds() - started);
    return sums;
  };
  return { preparation, time, all, probed };
}

/** ‖A − B‖ / ‖A‖. */
function difference(a: BlockSums, b: BlockSums): number {
  let [error, norm] = [0, 0];
  for (const [block, { data }] of a.entries())
    for (const [k, x] of data.entries()) {
      error += (x - b[block].data[k]) ** 2;
      norm += x ** 2;
    }
  return Math.sqrt(error / norm);
}

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const milliseconds = (value: number): string => `${(1000 * value).toPrecision(3)} ms`;

const [whole, crops] = [prober('none'), prober('auto')];
const { locality, macsPerImage, plan } = crops.preparation;
if (!locality) {
  console.log(`${file}: whole images, since crops would save less than a tenth`);
  process.exit();
}
let largest = 0;
for (let index = 0; index <= Number(rounds); index++) {
  const [a, b] = [await whole.probed(index), await crops.probed(index)];
  largest = Math.max(largest, difference(a, b));
  if (index === 0) for (const { all } of [whole, crops]) all.length = 0; // warming up
}
const ratios = crops.all.map((time, i) => time / whole.all[i]);
const [onCrops, convolutions] = locality.convolutions;
console.log(
  `${file}${options === '{}' ? '' : ` ${options}`}: ${onCrops} of ${convolutions} convolutions on crops in ${plan.local!.stages.length} stages, ` +
    `${Math.round((100 * locality.savedMacs) / macsPerImage)} % of ${(macsPerImage / 1e6).toPrecision(3)} MMAC saved`,
);
console.log(
  `  whole images ${milliseconds(Math.min(...whole.all))}, crops ${milliseconds(Math.min(...crops.all))}; ` +
    `ratio ${middle(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}); ` +
    (largest === 0 ? 'the same bits' : `relative difference ${largest.toExponential(1)}`),
);
const { time, all } = crops;
const pieces = time.runs.slice(0, plan.local!.stages.length + 1);
const [stages, rest] = [pieces.slice(0, -1), pieces.slice(-1)].map(list =>
  list.reduce((sum, { seconds: own }) => sum + own, 0),
);
const other = all.at(-1)! - time.sessions - stages - rest;
console.log(
  `  on crops: stages ${milliseconds(stages)}, whole maps behind them ${milliseconds(rest)}, ` +
    `sessions ${milliseconds(time.sessions)}, all else (weights, putting crops together, covariance) ${milliseconds(other)}`,
);
