import { parentPort, workerData } from 'node:worker_threads';
import type { Answer, Order, Start } from './task-pool.js';

/** How a worker does its tasks. */
export interface Service<Setup, Task, Result> {
  /**
   * What does a task, once the setup is known.
   * @param proceed to be called now and then: throws once the pool is closing.
   */
  readonly prepare: (setup: Setup, proceed: () => void) => (task: Task) => Promise<Result>;
  /** Memory of a result that is handed over instead of copied. */
  readonly transfer?: (result: Result) => ArrayBuffer[];
}

/** The worker's half of a `TaskPool`. */
export function serveTasks<Setup, Task, Result>({
  prepare,
  transfer = () => [],
}: Service<Setup, Task, Result>): void {
  const { closing } = workerData as Start;
  const port = parentPort!;
  let perform: (task: Task) => Promise<Result>;

  function proceed(): void {
    if (Atomics.load(closing, 0) !== 0) throw new Error('the pool is closing');
  }

  async function answer(task: Task): Promise<void> {
    try {
      const result = await perform(task);
      port.postMessage({ result } satisfies Answer<Result>, transfer(result));
    } catch (error) {
      port.postMessage({ failure: (error as Error).message } satisfies Answer<Result>);
    }
  }

  port.on('message', (order: Order<Setup, Task>) => {
    if (order === 'close') port.close();
    else if ('setup' in order) perform = prepare(order.setup, proceed);
    else void answer(order.task);
  });
}
