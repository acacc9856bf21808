import { execFile } from 'node:child_process';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openEstimator } from '../lib/estimator.mjs';
import { networks, prepared } from '../lib/networks.mjs';

const itself = fileURLToPath(import.meta.url);

/** Bytes by which a process grows while it draws networks, after some to warm up. */
export async function memoryGrowth(name, warmUp, count) {
  const words = ['--expose-gc', itself, name, `${warmUp}`, `${count}`];
  const { stdout } = await promisify(execFile)(process.execPath, words);
  return Number(stdout);
}

async function measure(name, warmUp, count) {
  const { plan } = prepared(
    networks.find(network => network.name === name),
    { tails: 1 },
  );
  const estimator = openEstimator(plan);
  await estimator.draw(warmUp);
  const before = resident();
  await estimator.draw(count);
  const growth = resident() - before;
  await estimator.close();
  return growth;
}

function resident() {
  globalThis.gc();
  return process.memoryUsage.rss();
}

if (argv[1] === itself)
  process.stdout.write(`${await measure(argv[2], Number(argv[3]), Number(argv[4]))}`);
