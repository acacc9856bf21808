import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '@nads/linalg';
import { RedisServer } from '@nads/testing/redis';
import { QueueProcess } from './queue-process.ts';
import type { Row } from './row.ts';
import { inOneProcess, smallSweep, wrongWith } from './small-sweep.ts';

/** Workers at a time. */
const team = 2;

/** Seconds between two kills: a worker needs one to begin. */
const [shortest, longest] = [0.8, 2.8];

/**
 * One sweep in which workers are killed at random moments, each replaced by another; after a third of the kills the sweep itself is killed
 * and begun again, and after two thirds Redis.
 */
export async function* killedWorkers(kills: number, folder: string): AsyncGenerator<Row> {
  const args = smallSweep(12 * kills);
  const wanted = await inOneProcess(args, join(folder, 'whole'));
  mkdirSync(join(folder, 'redis'));
  const redis = await RedisServer.start({ folder: join(folder, 'redis') });
  const place = ['--queue', redis.url, '--store', join(folder, 'store')];
  const output = join(folder, 'killed');
  const begin = (): QueueProcess => new QueueProcess([...args, ...place, '-o', output]);
  const work = (): QueueProcess =>
    new QueueProcess(['worker', ...place, '--workers', '1', '--lease', '2', '--quiet']);
  const workers = Array.from({ length: team }, work);
  let study = begin();
  try {
    const random = new Random('kills of workers');
    for (let i = 0; i < kills; i++) {
      await sleep(1000 * (shortest + (longest - shortest) * random.next()));
      await workers[i % team].kill();
      workers[i % team] = work();
      if (i === Math.floor(kills / 3)) {
        yield killed('the sweep', await study.kill());
        study = begin();
      }
      if (i === Math.floor((2 * kills) / 3)) {
        await redis.stop('SIGKILL');
        await sleep(1000);
        await redis.start();
        yield killed('Redis', 'SIGKILL');
      }
    }
    const isEarly = await Promise.race([study.end.then(() => true), sleep(0, false)]);
    yield {
      what: `${kills} workers killed`,
      seen: 'in the middle of the sweep',
      problem: isEarly ? 'it had ended before' : '',
    };
    const code = await study.end;
    yield {
      what: 'results, against those of one process',
      seen: `${study.stderr.split('others take it over').length - 1} task(s) taken over since it was resumed`,
      problem: code === 0 ? wrongWith(output, wanted) : `exit code ${code}: ${study.stderr}`,
    };
  } finally {
    await Promise.all([...workers, study].map(one => one.kill()));
    await redis.stop();
  }
}

const killed = (what: string, end: unknown): Row => ({
  what: `${what} killed and begun again`,
  seen: String(end),
  problem: end === 'SIGKILL' ? '' : 'it had ended before',
});
