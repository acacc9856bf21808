import { inProcessPool, service, type Services } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { openBlobs, programHere, queuePool, serveQueue } from '@nads/queue';
import { beside, type Result } from '../lib/beside.ts';

const tasks = 500;

/** Bytes of a result, as of a network of an estimate of LeNet. */
const resultBytes = 2 ** 20;

const services: Services = {
  nothing: service<number, number, Float64Array>(async () => ({
    prepare: async bytes => async () => new Float64Array(bytes / 8),
  })),
};

/** Seconds for a task that does nothing, one after the other and many at a time, with a small and with a large result. */
export async function perTask(queue: string, store: string): Promise<Result[]> {
  const program = await programHere('bench', nodeRuntime);
  const place = { queue, store: openBlobs(store), program };
  const makePool = () => inProcessPool(services, nodeRuntime);
  const worker = await serveQueue({ ...place, threads: 2, makePool });
  const pool = await queuePool(place);
  const results: Result[] = [];
  for (const [name, bytes, count] of [
    ['8 B', 8, tasks],
    ['1 MiB', resultBytes, tasks / 5],
  ] as const) {
    const job = pool.begin<number, Float64Array>('nothing', bytes);
    await job.run(-1);
    const alone = await timed(count, async () => {
      for (let i = 0; i < count; i++) await job.run(i);
    });
    const together = await timed(count, () =>
      Promise.all(Array.from({ length: count }, (_, i) => job.run(count + i))),
    );
    await job.end();
    const result = `result of ${name}`;
    results.push(
      beside(`queue-task-alone-${bytes}`, alone, undefined, { compared: `one task, ${result}` }),
      beside(`queue-task-${bytes}`, together, undefined, {
        compared: `a task of ${count} at a time, ${result}`,
      }),
    );
  }
  await worker.drain();
  await pool.close();
  return results;
}

async function timed(count: number, work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000 / count;
}
