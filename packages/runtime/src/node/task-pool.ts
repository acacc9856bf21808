import { Worker } from 'node:worker_threads';

/** What a worker sends back. */
export type Answer<Result> = { readonly result: Result } | { readonly failure: string };

/** What a worker is told: the setup before any task. */
export type Order<Setup, Task> = { readonly setup: Setup } | { readonly task: Task } | 'close';

/** What a worker starts with. */
export interface Start {
  /** Not zero once the pool is closing. */
  readonly closing: Int32Array<SharedArrayBuffer>;
}

interface Pending<Task, Result> {
  readonly task: Task;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Threads that do tasks of one kind, each by itself; their code calls `serveTasks`. They load it while the setup is still
 * being made.
 */
export class TaskPool<Setup, Task, Result> {
  /** Number of workers. */
  readonly size: number;
  private readonly code: URL;
  private readonly workers: readonly Worker[];
  private readonly exits: Promise<unknown>[] = [];
  private readonly idle: Worker[] = [];
  private readonly waiting: Pending<Task, Result>[] = [];
  private readonly running = new Map<Worker, Pending<Task, Result>>();
  private readonly closing = new Int32Array(new SharedArrayBuffer(4));

  /** @param code the module that each worker runs. */
  constructor(code: URL, workers: number) {
    this.code = code;
    this.workers = Array.from({ length: workers }, () => this.start());
    this.idle.push(...this.workers);
    this.size = workers;
  }

  /** Says what tasks are about, before the first one. */
  assign(setup: Setup): void {
    for (const worker of this.workers) this.tell(worker, { setup });
  }

  /** Gives a task to the next worker that is free. @throws what went wrong there. */
  run(task: Task): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ task, resolve, reject });
      this.dispatch();
    });
  }

  /**
   * Ends all workers after the run that each is in; tasks that are not done by then fail. Workers leave by themselves: a
   * thread that is terminated inside the native runtime takes the process with it.
   */
  async close(): Promise<void> {
    Atomics.store(this.closing, 0, 1);
    for (const worker of this.workers) this.tell(worker, 'close');
    await Promise.all(this.exits);
    for (const pending of [...this.running.values(), ...this.waiting.splice(0)])
      pending.reject(new Error('the pool is closed'));
    this.running.clear();
  }

  private start(): Worker {
    const worker = new Worker(this.code, {
      workerData: { closing: this.closing } satisfies Start,
    });
    this.exits.push(new Promise(resolve => worker.once('exit', resolve)));
    worker.on('message', (answer: Answer<Result>) => this.finish(worker, answer));
    worker.on('error', error => this.fail(worker, error));
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

  private finish(worker: Worker, answer: Answer<Result>): void {
    const pending = this.running.get(worker);
    this.running.delete(worker);
    this.idle.push(worker);
    if ('result' in answer) pending?.resolve(answer.result);
    else pending?.reject(new Error(answer.failure));
    this.dispatch();
  }

  /** A worker that died takes its task with it, and the others cannot be relied on either. */
  private fail(worker: Worker, error: Error): void {
    for (const pending of [this.running.get(worker), ...this.waiting.splice(0)])
      pending?.reject(error);
    this.running.delete(worker);
  }

  private tell(worker: Worker, order: Order<Setup, Task>): void {
    worker.postMessage(order);
  }
}
