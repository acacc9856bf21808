import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Log } from './logged.ts';

const cores = availableParallelism();

/** A way to keep all cores busy. */
export interface Arrangement {
  readonly name: string;
  readonly workers: number;
  readonly threads: number;
}

/** One session that shares its work out, or one on each core. */
const arrangements: readonly Arrangement[] = [
  { name: `one session of ${cores} threads`, workers: 1, threads: cores },
  { name: `${cores} sessions of one thread`, workers: cores, threads: 1 },
];

/** What a worker is asked for: the seconds per run of so many images, measured for so many seconds. */
export interface LoopRequest {
  readonly batch: number;
  readonly seconds: number;
}

/** Sessions that run side by side. */
export interface Loop {
  /** Seconds per image. */
  measure(batch: number, seconds: number): Promise<number>;
  close(): Promise<unknown>;
}

/**
 * Loops of sessions in worker threads that run `worker`: it says that it is ready, then for each
 * `LoopRequest` the seconds per run, until it is told to close. Its data are `data` and `threads`.
 */
export async function openLoop(
  worker: URL,
  data: object,
  { workers, threads }: Arrangement,
): Promise<Loop> {
  const sessions = await Promise.all(
    Array.from({ length: workers }, () => open(worker, { ...data, threads })),
  );
  return {
    measure: async (batch, seconds) => {
      const perRun = await Promise.all(sessions.map(session => time(session, { batch, seconds })));
      return 1 / perRun.reduce((rate, run) => rate + batch / run, 0);
    },
    close: () => Promise.all(sessions.map(end)),
  };
}

/** Where an image takes this many times longer than at a smaller batch, larger ones are not tried. */
const hopeless = 1.15;

/**
 * The way and batch size with the least seconds per image. Sessions of one way are closed before those of the
 * next, since they keep the memory of their largest batch.
 */
export async function bestLoop(
  worker: URL,
  data: object,
  batches: readonly number[],
  seconds: number,
  log: Log,
): Promise<{ way: Arrangement; batch: number }> {
  let best = { way: arrangements[0], batch: batches[0], secondsPerImage: Infinity };
  for (const way of arrangements) {
    const loop = await openLoop(worker, data, way);
    let least = Infinity;
    for (const batch of batches) {
      const secondsPerImage = await loop.measure(batch, seconds);
      log(`  ${way.name}, batch ${batch}: ${Math.round(1 / secondsPerImage)} images/s`);
      if (secondsPerImage < best.secondsPerImage) best = { way, batch, secondsPerImage };
      if (secondsPerImage > hopeless * least) break;
      least = Math.min(least, secondsPerImage);
    }
    await loop.close();
  }
  return best;
}

async function open(file: URL, workerData: object): Promise<Worker> {
  const worker = new Worker(file, { workerData });
  await once(worker, 'message');
  return worker;
}

async function time(worker: Worker, request: LoopRequest): Promise<number> {
  worker.postMessage(request);
  const [secondsPerRun] = (await once(worker, 'message')) as [number];
  return secondsPerRun;
}

async function end(worker: Worker): Promise<void> {
  const exit = once(worker, 'exit');
  worker.postMessage('close');
  await exit;
}
