import { loadService, type Service, type Services } from '../pool.js';
import type { StopSignal } from '../progress.js';
import type { Runtime } from '../session.js';
import type { Answer, Order } from './orders.js';

type AnyService = Service<unknown, unknown, unknown>;

type Job = Promise<{
  readonly service: AnyService;
  readonly perform: (task: unknown) => Promise<unknown>;
  readonly signal: StopSignal;
}>;

/** The thread that a worker answers. */
export interface Host {
  send(answer: Answer, transfer: ArrayBuffer[]): void;
  /** Ends the worker. */
  close(): void;
}

/** The worker's half of a `WorkerPool`. @returns what is to be called with each order. */
export function serveOrders(
  services: Services,
  runtime: Runtime,
  host: Host,
  preload?: string,
): (order: Order) => void {
  const loaded = new Map<string, Promise<AnyService>>();
  if (preload) load(preload).catch(() => {}); // surfaces when the service is wanted
  let current: Job;
  let over: Int32Array | undefined;
  /** What the tasks so far come to: the next one is begun after them. */
  let answered = Promise.resolve();

  function load(name: string): Promise<AnyService> {
    const service = loaded.get(name) ?? loadService(services, name, runtime);
    loaded.set(name, service);
    return service;
  }

  async function begin(name: string, setup: unknown, signal: StopSignal) {
    const service = await load(name);
    return { service, perform: await service.prepare(setup, { runtime, signal }), signal };
  }

  async function answer(task: unknown, job: Job): Promise<void> {
    const begun = performance.now();
    const seconds = (): number => (performance.now() - begun) / 1000;
    try {
      const { service, perform, signal } = await job;
      signal.throwIfAborted();
      const result = await perform(task);
      host.send({ result, seconds: seconds() }, service.transfer?.(result) ?? []);
    } catch (error) {
      host.send({ failure: sendable(error), seconds: seconds() }, []);
    }
  }

  return order => {
    if (order === 'close') host.close();
    else if (order === 'over') over?.fill(1);
    else if ('name' in order) {
      over = order.over;
      current = begin(order.name, order.setup, signalOf(over));
      current.catch(() => {}); // surfaces with the first task
    } else {
      const job = current;
      answered = answered.then(() => answer(order.task, job));
    }
  };
}

/** What was thrown, as the other thread can be told: of what kind is kept where it says that memory ran out. */
function sendable(thrown: unknown): Error {
  try {
    const { name, message } = (thrown ?? {}) as Partial<Error>;
    const text = typeof message === 'string' ? message : String(thrown);
    return name === 'RangeError' ? new RangeError(text) : new Error(text);
  } catch {
    return new Error('a task threw something that has no text'); // a proxy, or text that throws itself
  }
}

/** What the other thread sets, as a signal. */
const signalOf = (over: Int32Array): StopSignal => ({
  get aborted() {
    return Atomics.load(over, 0) !== 0;
  },
  throwIfAborted() {
    if (this.aborted) throw new Error('the job is over');
  },
});
