import type { Services } from '../pool.js';
import type { Runtime } from '../session.js';
import type { Order } from '../workers/orders.js';
import { serveOrders, type Host } from '../workers/serve-orders.js';

/** The part of a web worker's global scope that is needed. */
interface WorkerScope {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  close(): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

/**
 * The worker's half of a `webWorkerPool`: the module that is its code calls this once.
 * @param preload the service that is made ready before it is wanted
 */
export function serve(services: Services, runtime: Runtime, preload?: string): void {
  const scope = globalThis as unknown as WorkerScope;
  const host: Host = {
    send: (answer, transfer) => scope.postMessage(answer, transfer),
    close: () => scope.close(),
  };
  const take = serveOrders(services, runtime, host, preload);
  scope.addEventListener('message', ({ data }) => take(data as Order));
}
