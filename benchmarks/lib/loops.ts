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
 * Loops of sessions in worker threads that run `worker`: it says that it is ready, then for each
 * `{ batch, seconds }` the seconds per run, until it is told to close.
 * @returns `measure(batch, seconds)`, the seconds per image, and `close()`.
 */
export async function openLoop(worker, data, { workers, threads }) {
  const sessions = await Promise.all(
    Array.from({ length: workers }, () => open(worker, { ...data, threads })),
  );
  return {
    measure: async (batch, seconds) => {
      const perRun = await Promise.all(sessions.map(session => time(session, batch, seconds)));
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
export async function bestLoop(worker, data, batches, seconds, log) {
  let best = { secondsPerImage: Infinity };
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
