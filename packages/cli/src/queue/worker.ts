import type { AddressInfo } from 'node:net';
import { describeProgram, openBlobs, serveQueue, type QueueWorker } from '@nads/queue';
import { threadPool } from '@nads/study/thread-pool';
import { interruptible } from '../terminal/interruption.js';
import { serveMetrics, type MetricsPlace } from './serve-metrics.js';
import { thisProgram } from './this-program.js';
import { workerLog, type LogFlags, type WorkerLog } from './worker-log.js';

/** Options of `nads worker`. */
interface WorkerFlags extends LogFlags {
  readonly queue: string;
  readonly store: string;
  readonly workers: number;
  readonly name?: string;
  readonly idle?: number;
  readonly lease: number;
  readonly metrics?: MetricsPlace;
}

/** Runs `nads worker`: until somebody stops it, or nothing has come for as long as --idle says. */
export async function worker(flags: WorkerFlags): Promise<void> {
  const { queue, store, workers: threads, name, lease } = flags;
  const program = await thisProgram();
  const log = workerLog(flags);
  await interruptible(async signal => {
    const served = await serveQueue({
      queue,
      store: openBlobs(store),
      program,
      threads,
      name,
      lease: 1000 * lease,
      makePool: () => threadPool(1),
      onEvent: log,
    });
    const what = `worker ${served.name}, ${threads} thread(s), ${describeProgram(program)}`;
    log({ event: 'started', text: what });
    try {
      await working(served, signal, flags, log);
    } finally {
      await served.drain();
    }
    log({ event: 'ended', text: `${served.state().done} task(s) done` });
  });
}

/** Resolves when it is to end. */
async function working(
  served: QueueWorker,
  signal: AbortSignal,
  { idle = Infinity, metrics }: WorkerFlags,
  log: WorkerLog,
): Promise<void> {
  const server = metrics && (await serveMetrics(served, metrics));
  try {
    if (server) {
      const { address, port } = server.address() as AddressInfo;
      log({ event: 'metrics', text: `metrics at http://${address}:${port}/metrics` });
    }
    await untilEither(signal, () => served.idleFor() > 1000 * idle);
    log({ event: 'ending', text: `ends after ${served.state().busy} task(s) that it is at` });
  } finally {
    server?.close();
  }
}

/** Resolves once the signal is aborted or a condition holds. */
const untilEither = (signal: AbortSignal, condition: () => boolean): Promise<void> =>
  new Promise(resolve => {
    const end = (): void => {
      clearInterval(timer);
      resolve();
    };
    const timer = setInterval(() => void (condition() && end()), 200);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
