import type { Answer, WorkerEvents, WorkerPort } from '../workers/orders.js';
import { WorkerPool } from '../workers/worker-pool.js';

/** What a browser's `Worker` has, as far as it is needed. */
interface WebWorker {
  postMessage(message: unknown): void;
  terminate(): void;
  addEventListener(type: string, listener: (event: WorkerEvent) => void): void;
}

interface WorkerEvent {
  readonly type: string;
  readonly data?: unknown;
  readonly message?: string;
}

/**
 * Web workers that do what studies hand out; their code calls `serve`.
 * @param start starts one, as a bundler wants it: () => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })
 */
export const webWorkerPool = (size: number, start: () => WebWorker): WorkerPool =>
  new WorkerPool(size, events => portOf(start(), events));

function portOf(worker: WebWorker, { onAnswer, onError }: WorkerEvents): WorkerPort {
  worker.addEventListener('message', ({ data }) => onAnswer(data as Answer));
  worker.addEventListener('error', ({ message }) =>
    onError(new Error(message || 'a worker could not be started')),
  );
  worker.addEventListener('messageerror', () =>
    onError(new Error('what a worker sent could not be read')),
  );
  return {
    send: order => worker.postMessage(order),
    close: async () => worker.terminate(),
  };
}
