import { beside, type Result } from '../lib/beside.ts';
import { logged, type Log } from '../lib/logged.ts';
import { shortest } from '../lib/shortest.ts';
import { command, estimateOf, type Usage } from './command.ts';

/** Networks of the published estimates, and of ours that are as good (docs/benchmarks.md). */
const published = 10_000;
const asGood = 10;

/**
 * Seconds of whole commands, from start to written pictures.
 * @param perReference what the published method takes for a LeNet; null where there is no peer.
 */
export async function commands(perReference: number | null, log: Log): Promise<Result[]> {
  const time = async (what: string, run: () => Promise<Usage>) =>
    logged(log, what, (await run()).seconds);
  const best = await shortest(3, {
    help: () => time('nads --help', () => command('--help')),
    lenet: () => time('nads estimate, 10 LeNets', () => estimateOf('lenet.onnx', 10)),
    asGood: () => time(`nads estimate, ${asGood} LeNets`, () => estimateOf('lenet.onnx', asGood)),
  });
  const extrapolated = perReference === null ? undefined : published * perReference;
  return [
    beside('nads-help', best.help!, undefined, { target_seconds: 0.3, compared: 'nads --help' }),
    beside('estimate-lenet-10-networks', best.lenet!, undefined, {
      target_seconds: 1.3,
      compared: 'nads estimate models/lenet.onnx --networks 10',
    }),
    beside('estimate-lenet-published-quality', best.asGood!, extrapolated, {
      target: 1 / 1000,
      compared: `nads estimate with ${asGood} networks; the published method's ${published} EXTRAPOLATED from its rate`,
    }),
  ];
}
