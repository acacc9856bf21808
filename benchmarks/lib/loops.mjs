import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

const cores = availableParallelism();

/** Ways to keep all cores busy: one session that shares its work out, or one on each core. */
const arrangements = [
  { name: `one session of ${cores} threads`, workers: 1, threads: cores },
  { name: `${cores} sessions of one thread`, workers: cores, threads: 1 },
];

/**
 * Loops of a session in worker threads that run `worker`: it says that it is ready, then for each
 * `{ batch, seconds }` the seconds per run, until it is told to close.
 * @returns `measure(way, batch, seconds)`, the seconds per image, `ways` and `close()`.
 */
export async function loops(worker, data) {
  const ways = await Promise.all(
    arrangements.map(async ({ name, workers, threads }) => ({
      name,
      sessions: await Promise.all(
        Array.from({ length: workers }, () => open(worker, { ...data, threads })),
      ),
    })),
  );
  return {
    ways,
    measure: async ({ sessions }, batch, seconds) => {
      const perRun = await Promise.all(sessions.map(session => time(session, batch, seconds)));
      return 1 / perRun.reduce((rate, run) => rate + batch / run, 0);
    },
    close: () => Promise.all(ways.flatMap(({ sessions }) => sessions.map(end))),
  };
}

/** The way and batch size with the least seconds per image. */
export async function bestLoop({ ways, measure }, batches, seconds, log) {
  let best = { secondsPerImage: Infinity };
  for (const way of ways)
    for (const batch of batches) {
      const secondsPerImage = await measure(way, batch, seconds);
      log(`  ${way.name}, batch ${batch}: ${Math.round(1 / secondsPerImage)} images/s`);
      if (secondsPerImage < best.secondsPerImage) best = { way, batch, secondsPerImage };
    }
  return best;
}

async function open(file, workerData) {
  const worker = new Worker(file, { workerData });
  await once(worker, 'message');
  return worker;
}

async function time(worker, batch, seconds) {
  worker.postMessage({ batch, seconds });
  const [secondsPerRun] = await once(worker, 'message');
  return secondsPerRun;
}

async function end(worker) {
  const exit = once(worker, 'exit');
  worker.postMessage('close');
  await exit;
}
