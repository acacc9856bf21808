import { Worker } from 'node:worker_threads';
import type { Job, Pool } from '../pool.js';

/** What a worker sends back for a task. */
export type Answer = { readonly result: unknown } | { readonly failure: string };

/** What is sent to a worker: the service and the setup of a job before its tasks. */
export type Order =
  | {
      readonly name: string;
      readonly setup: unknown;
      /** Not zero once the job is over. */
      readonly over: Int32Array<SharedArrayBuffer>;
    }
  | { readonly task: unknown }
  | 'close';

/** What a worker starts with. */
export interface Start {
  /** A service to load at once. */
  readonly preload?: string;
}

/** How threads are started. */
export interface ThreadPoolOptions {
  readonly size: number;
  /** A service that every worker loads while the setup is still being made. */
  readonly preload?: string;
}

/** A task that is not done yet. */
interface Pending {
  readonly task: unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

const jobOver = 'the job is over';

/** Worker threads; their code calls `serve`. */
export class ThreadPool implements Pool {
  readonly size: number;
  private readonly code: URL;
  private readonly preload: string | undefined;
  private readonly workers: readonly Worker[];
  private readonly exits: Promise<unknown>[] = [];
  private readonly idle: Worker[] = [];
  private readonly waiting: Pending[] = [];
  private readonly running = new Map<Worker, Pending>();
  /** Marks the job that is on, and whether it is over. */
  private over: Int32Array<SharedArrayBuffer> | undefined;
  /** Called when no task is running any more. */
  private onRest: (() => void) | undefined;
  /** Why no task can be done any more. */
  private failure: Error | undefined;

  /** @param code the module that each worker runs. */
  constructor(code: URL, { size, preload }: ThreadPoolOptions) {
    this.code = code;
    this.preload = preload;
    this.size = size;
    this.workers = Array.from({ length: size }, () => this.start());
    this.idle.push(...this.workers);
  }

  begin<Task, Result>(name: string, setup: unknown): Job<Task, Result> {
    if (this.over) throw new Error('a pool runs one job at a time; end the previous one');
    const over = new Int32Array(new SharedArrayBuffer(4));
    this.over = over;
    for (const worker of this.workers) this.tell(worker, { name, setup, over });
    return {
      run: task => this.run(over, task) as Promise<Result>,
      end: () => this.end(over),
    };
  }

  /**
   * Ends all workers after the run that each is in; tasks that are not done by then fail. Workers leave by themselves: a
   * thread that is terminated inside the native runtime takes the process with it.
   */
  async close(): Promise<void> {
    if (this.over) Atomics.store(this.over, 0, 1);
    for (const worker of this.workers) this.tell(worker, 'close');
    await Promise.all(this.exits);
    this.fail(new Error('the pool is closed'));
  }

  private run(job: Int32Array, task: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (job !== this.over || this.failure) throw this.failure ?? new Error(jobOver);
      this.waiting.push({ task, resolve, reject });
      this.dispatch();
    });
  }

  /** Waits for the runs that workers are in; what is not done by then fails. */
  private async end(job: Int32Array): Promise<void> {
    if (job !== this.over) return;
    Atomics.store(job, 0, 1);
    for (const pending of this.waiting.splice(0)) pending.reject(new Error(jobOver));
    if (this.running.size > 0 && !this.failure)
      await new Promise<void>(resolve => (this.onRest = resolve));
    this.over = undefined;
  }

  private start(): Worker {
    const worker = new Worker(this.code, {
      workerData: { preload: this.preload } satisfies Start,
    });
    this.exits.push(new Promise(resolve => worker.once('exit', resolve)));
    worker.on('message', (answer: Answer) => this.finish(worker, answer));
    // a worker that died takes its task with it, and the others cannot be relied on either
    worker.on('error', error => this.fail(error));
    return worker;
  }

  private dispatch(): void {
    while (this.idle.length > 0 && this.waiting.length > 0) {
      const worker = this.idle.shift()!;
      const pending = this.waiting.shift()!;
      this.running.set(worker, pending);
      this.tell(worker, { task: pending.task });
    }
  }

  private finish(worker: Worker, answer: Answer): void {
    const pending = this.running.get(worker);
    this.running.delete(worker);
    this.idle.push(worker);
    if ('result' in answer) pending?.resolve(answer.result);
    else pending?.reject(new Error(answer.failure));
    this.dispatch();
    if (this.running.size === 0) this.onRest?.();
  }

  private fail(error: Error): void {
    this.failure ??= error;
    for (const { reject } of [...this.running.values(), ...this.waiting.splice(0)])
      reject(this.failure);
    this.running.clear();
    this.onRest?.();
  }

  private tell(worker: Worker, order: Order): void {
    worker.postMessage(order);
  }
}
