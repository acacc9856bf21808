import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redisPath, RedisServer, withoutRedis } from '@nads/testing/redis';
import { command } from './estimate/command.ts';
import { beside, type Result } from './lib/beside.ts';
import { logged } from './lib/logged.ts';
import { reportOf } from './lib/peer.ts';
import type { Outcome } from './lib/table.ts';
import { costModel } from './queue/cost-model.ts';
import { perTask } from './queue/per-task.ts';
import { startWorkers } from './queue/start-workers.ts';
import type { RunOptions } from './run.ts';

const networks = 200;
const sizes = [1, 2, 4];

/**
 * What the queue costs a task that does nothing, and estimates of LeNet on 1, 2 and 4 workers of one thread against as many threads of one
 * process; and whether whole studies take as long as the model of docs/scaling.md says. All are on this machine.
 */
export async function run({ log }: RunOptions): Promise<Outcome> {
  if (!redisPath) return { results: [], notes: [withoutRedis], ...reportOf(undefined) };
  const folder = mkdtempSync(join(tmpdir(), 'nads-bench-queue-'));
  mkdirSync(join(folder, 'redis'));
  const redis = await RedisServer.start({ folder: join(folder, 'redis') });
  try {
    const results = await perTask(redis.url, join(folder, 'tasks'));
    for (const count of sizes) {
      const place = ['--queue', redis.url, '--store', join(folder, `store-${count}`)];
      results.push(await estimates(count, place, log));
    }
    const each = results.find(({ name }) => name === 'queue-task-8')!.ours_seconds;
    results.push(
      ...(await costModel(each, name => [
        '--queue',
        redis.url,
        '--store',
        join(folder, `store-${name}`),
      ])),
    );
    return { results, ...reportOf(undefined) };
  } finally {
    await redis.stop();
    rmSync(folder, { recursive: true });
  }
}

async function estimates(
  count: number,
  place: readonly string[],
  log: RunOptions['log'],
): Promise<Result> {
  const estimate = async (...args: readonly string[]): Promise<number> => {
    const of = ['estimate', 'models/lenet.onnx', '--networks', `${networks}`, '--quiet'];
    const { seconds } = await command(...of, '--out', 'OUT', ...args);
    return logged(
      log,
      `${networks} LeNets, ${args[0] === '--queue' ? 'queue' : 'threads'}, ${count}`,
      seconds,
    );
  };
  const embedded = await estimate('--workers', `${count}`);
  const workers = await startWorkers(count, place);
  try {
    return beside(`queue-lenet-${count}-workers`, await estimate(...place), embedded, {
      own: true,
      compared: `${networks} LeNets, against ${count} thread(s) of one process`,
    });
  } finally {
    await workers.stop();
  }
}
