import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const nads = fileURLToPath(new URL('../../packages/cli/bin/nads.js', import.meta.url));

/** Starts workers of one thread each. @returns once they are there, with what ends them */
export async function startWorkers(
  count: number,
  place: readonly string[],
): Promise<{ readonly stop: () => Promise<void> }> {
  const workers = await Promise.all(Array.from({ length: count }, () => started(place)));
  return { stop: async () => void (await Promise.all(workers.map(ended))) };
}

async function started(place: readonly string[]): Promise<ChildProcess> {
  const args = [nads, 'worker', ...place, '--workers', '1'];
  const worker = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  await once(worker.stderr, 'data');
  worker.stderr.resume();
  return worker;
}

async function ended(worker: ChildProcess): Promise<void> {
  worker.kill('SIGTERM');
  await once(worker, 'close');
}
