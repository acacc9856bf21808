import type { Job, Pool } from '../pool.js';
import type { Answer, WorkerEvents, WorkerPort } from './orders.js';

/** A task that is not done yet. */
interface Pending {
  readonly task: unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

const jobOver = 'the job is over';

/** Workers that do one task at a time each; their code calls `serve`. */
export class WorkerPool implements Pool {
  readonly size: number;
  private readonly workers: readonly WorkerPort[];
  private readonly idle: WorkerPort[];
  private readonly waiting: Pending[] = [];
  private readonly running = new Map<WorkerPort, Pending>();
  /** Marks the job that is on, and whether it is over. */
  private over: Int32Array | undefined;
  /** Called when no task is running any more. */
  private onRest: (() => void) | undefined;
  /** Why no task can be done any more. */
  private failure: Error | undefined;

  /** @param start starts a worker. */
  constructor(size: number, start: (events: WorkerEvents) => WorkerPort) {
    this.size = size;
    this.workers = Array.from({ length: size }, () => {
      const worker = start({
        onAnswer: answer => this.finish(worker, answer),
        // a worker that died takes its task with it, and the others cannot be relied on either
        onError: error => this.fail(error),
      });
      return worker;
    });
    this.idle = [...this.workers];
  }

  begin<Task, Result>(name: string, setup: unknown): Job<Task, Result> {
    if (this.over) throw new Error('a pool runs one job at a time; end the previous one');
    const over = sharedFlag();
    this.over = over;
    for (const worker of this.workers) worker.send({ name, setup, over });
    return {
      run: task => this.run(over, task) as Promise<Result>,
      end: () => this.end(over),
    };
  }

  /** Ends all workers after the run that each is in; tasks that are not done by then fail. */
  async close(): Promise<void> {
    if (this.over) this.tellOver(this.over);
    await Promise.all(this.workers.map(worker => worker.close()));
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
    this.tellOver(job);
    for (const pending of this.waiting.splice(0)) pending.reject(new Error(jobOver));
    if (this.running.size > 0 && !this.failure)
      await new Promise<void>(resolve => (this.onRest = resolve));
    this.over = undefined;
  }

  private tellOver(job: Int32Array): void {
    if (isShared(job)) Atomics.store(job, 0, 1);
    else for (const worker of this.workers) worker.send('over');
  }

  private dispatch(): void {
    while (this.idle.length > 0 && this.waiting.length > 0) {
      const worker = this.idle.shift()!;
      const pending = this.waiting.shift()!;
      this.running.set(worker, pending);
      worker.send({ task: pending.task });
    }
  }

  private finish(worker: WorkerPort, answer: Answer): void {
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
}

/** Zero in memory that workers see too, as far as a page may share any: only those that are isolated from other origins do. */
function sharedFlag(): Int32Array {
  const { crossOriginIsolated: isIsolated = true } = globalThis as {
    crossOriginIsolated?: boolean;
  };
  return new Int32Array(isIsolated ? new SharedArrayBuffer(4) : new ArrayBuffer(4));
}

const isShared = ({ buffer }: Int32Array): boolean => !(buffer instanceof ArrayBuffer);
