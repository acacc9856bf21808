import { parentPort, workerData } from 'node:worker_threads';
import { loadService, type Service, type Services } from '../pool.js';
import type { StopSignal } from '../progress.js';
import type { Runtime } from '../session.js';
import type { Answer, Order, Start } from './thread-pool.js';

type AnyService = Service<unknown, unknown, unknown>;

/** The worker's half of a `ThreadPool`: the module that is its code calls this once. */
export function serve(services: Services, runtime: Runtime): void {
  const port = parentPort!;
  const { preload } = workerData as Start;
  const loaded = new Map<string, Promise<AnyService>>();
  if (preload) load(preload).catch(() => {}); // surfaces when the service is wanted
  let current: Promise<{ service: AnyService; perform: (task: unknown) => Promise<unknown> }>;

  function load(name: string): Promise<AnyService> {
    const service = loaded.get(name) ?? loadService(services, name, runtime);
    loaded.set(name, service);
    return service;
  }

  async function begin({ name, setup, over }: Extract<Order, { name: string }>) {
    const service = await load(name);
    return { service, perform: await service.prepare(setup, { runtime, signal: signalOf(over) }) };
  }

  async function answer(task: unknown): Promise<void> {
    try {
      const { service, perform } = await current;
      const result = await perform(task);
      port.postMessage({ result } satisfies Answer, service.transfer?.(result) ?? []);
    } catch (error) {
      port.postMessage({ failure: (error as Error).message } satisfies Answer);
    }
  }

  port.on('message', (order: Order) => {
    if (order === 'close') port.close();
    else if ('name' in order) {
      current = begin(order);
      current.catch(() => {}); // surfaces with the first task
    } else void answer(order.task);
  });
}

/** What is shared with the other thread, as a signal. */
const signalOf = (over: Int32Array): StopSignal => ({
  get aborted() {
    return Atomics.load(over, 0) !== 0;
  },
  throwIfAborted() {
    if (this.aborted) throw new Error('the job is over');
  },
});
