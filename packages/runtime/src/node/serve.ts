import { parentPort, workerData } from 'node:worker_threads';
import type { Services } from '../pool.js';
import type { Runtime } from '../session.js';
import { serveOrders } from '../workers/serve-orders.js';
import type { Start } from './thread-pool.js';

/**
 * The worker's half of a `ThreadPool`: the module that is its code calls this once.
 * @param runtimeWith what models run on, by what the pool was made with
 */
export function serve(
  services: Services,
  runtimeWith: (start: Pick<Start, 'provider'>) => Runtime,
): void {
  const port = parentPort!;
  const { preload, provider } = workerData as Start;
  const runtime = runtimeWith({ provider });
  const host = {
    send: port.postMessage.bind(port),
    close: () => port.close(),
  };
  port.on('message', serveOrders(services, runtime, host, preload));
}
