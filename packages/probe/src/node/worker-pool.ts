import { Worker } from 'node:worker_threads';
import type { BlockSums } from '../covariance.js';
import type { Plan } from '../plan.js';

/** What a worker sends back. */
export type Answer =
  | { readonly index: number; readonly sums: BlockSums }
  | { readonly index: number; readonly failure: string };

/** What a worker is told: the plan before any network. */
export type Order = { readonly plan: Plan } | { readonly index: number } | 'close';

/** What a worker starts with. */
export interface Start {
  /** Not zero once the pool is closing. */
  readonly closing: Int32Array<SharedArrayBuffer>;
}

interface Task {
  readonly index: number;
  readonly resolve: (sums: BlockSums) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Threads that probe networks of one plan, each with a runtime and one-thread sessions of its own.
 * They load their code while the plan is still being made.
 */
export class WorkerPool {
  /** Number of workers. */
  readonly size: number;
  /** How many networks to ask for at a time so that no worker waits. */
  readonly ahead: number;
  private readonly workers: readonly Worker[];
  private readonly exits: Promise<unknown>[] = [];
  private readonly idle: Worker[] = [];
  private readonly waiting: Task[] = [];
  private readonly running = new Map<Worker, Task>();
  private readonly closing = new Int32Array(new SharedArrayBuffer(4));

  constructor(workers: number) {
    this.workers = Array.from({ length: workers }, () => this.start());
    this.idle.push(...this.workers);
    this.size = workers;
    this.ahead = workers + 1;
  }

  /** Says what to probe, before the first contribution is asked for. */
  assign(plan: Plan): void {
    for (const worker of this.workers) tell(worker, { plan });
  }

  /** What network number `index` adds to the covariance. @throws what went wrong in the worker. */
  contribution(index: number): Promise<BlockSums> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ index, resolve, reject });
      this.dispatch();
    });
  }

  /**
   * Ends all workers after the run that each is in. They leave by themselves: a thread that is
   * terminated inside the native runtime takes the process with it.
   */
  async close(): Promise<void> {
    Atomics.store(this.closing, 0, 1);
    for (const worker of this.workers) tell(worker, 'close');
    await Promise.all(this.exits);
  }

  private start(): Worker {
    const worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData: { closing: this.closing } satisfies Start,
    });
    this.exits.push(new Promise(resolve => worker.once('exit', resolve)));
    worker.on('message', (answer: Answer) => this.finish(worker, answer));
    worker.on('error', error => this.fail(worker, error));
    return worker;
  }

  private dispatch(): void {
    while (this.idle.length > 0 && this.waiting.length > 0) {
      const worker = this.idle.shift()!;
      const task = this.waiting.shift()!;
      this.running.set(worker, task);
      tell(worker, { index: task.index });
    }
  }

  private finish(worker: Worker, answer: Answer): void {
    const task = this.running.get(worker);
    this.running.delete(worker);
    this.idle.push(worker);
    if ('sums' in answer) task?.resolve(answer.sums);
    else task?.reject(new Error(answer.failure));
    this.dispatch();
  }

  /** A worker that died takes its task with it, and the others cannot be relied on either. */
  private fail(worker: Worker, error: Error): void {
    for (const task of [this.running.get(worker), ...this.waiting.splice(0)]) task?.reject(error);
    this.running.delete(worker);
  }
}

const tell = (worker: Worker, order: Order): void => worker.postMessage(order);
