import { execFile } from 'node:child_process';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openEstimator } from '../lib/estimator.ts';
import { networks, prepared, type Network } from '../lib/networks.ts';

const itself = fileURLToPath(import.meta.url);

/** Bytes by which a process grows while it draws networks, after some to warm up. */
export async function memoryGrowth(
  name: Network['name'],
  warmUp: number,
  count: number,
): Promise<number> {
  const words = [...process.execArgv, '--expose-gc', itself, name, `${warmUp}`, `${count}`];
  const { stdout } = await promisify(execFile)(process.execPath, words);
  return Number(stdout);
}

async function measure(name: string, warmUp: number, count: number): Promise<number> {
  const network = networks.find(candidate => candidate.name === name);
  if (!network) throw new Error(`there is no network '${name}'`);
  const estimator = openEstimator(prepared(network, { tails: 1 }).plan);
  await estimator.draw(warmUp);
  const before = resident();
  await estimator.draw(count);
  const growth = resident() - before;
  await estimator.close();
  return growth;
}

function resident(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss();
}

if (argv[1] === itself)
  process.stdout.write(`${await measure(argv[2], Number(argv[3]), Number(argv[4]))}`);
