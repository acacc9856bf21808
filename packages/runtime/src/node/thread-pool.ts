import { Worker } from 'node:worker_threads';
import type { WorkerEvents, WorkerPort } from '../workers/orders.js';
import type { Provider } from '../provider.js';
import { WorkerPool } from '../workers/worker-pool.js';

/** What a worker starts with. */
export interface Start {
  /** A service to load at once. */
  readonly preload?: string;
  /** What its models run on; the processor if not given. */
  readonly provider?: Provider;
}

/** How threads are started. */
export interface ThreadPoolOptions {
  readonly size: number;
  /** A service that every worker loads while the setup is still being made. */
  readonly preload?: string;
  /** What their models run on, handed on to their code; the processor if not given. */
  readonly provider?: Provider;
}

/** Worker threads; their code calls `serve`. */
export class ThreadPool extends WorkerPool {
  /** @param code the module that each worker runs. */
  constructor(code: URL, { size, preload, provider }: ThreadPoolOptions) {
    super(size, events => startThread(code, { preload, provider }, events));
  }
}

/** Threads leave by themselves: one that is terminated inside the native runtime takes the process with it. */
function startThread(code: URL, workerData: Start, events: WorkerEvents): WorkerPort {
  const worker = new Worker(code, { workerData });
  const exit = new Promise<void>(resolve => worker.once('exit', () => resolve()));
  worker.on('message', events.onAnswer);
  worker.on('error', events.onError);
  return {
    send: order => worker.postMessage(order),
    close() {
      worker.postMessage('close');
      return exit;
    },
  };
}
