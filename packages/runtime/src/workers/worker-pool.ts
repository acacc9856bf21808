import type { Job, Pool } from '../pool.js';
import type { Answer, WorkerEvents, WorkerPort } from './orders.js';

/** A task that is not done yet. */
interface Pending {
  readonly task: unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

const jobOver = 'the job is over';

/** Tasks that take less are handed out one ahead, in seconds: this thread may be busy with other things for as long when a worker is done. */
const quick = 1;

/** Workers that do one task at a time each; their code calls `serve`. */
export class WorkerPool implements Pool {
  readonly size: number;
  private readonly workers: readonly WorkerPort[];
  private readonly waiting: Pending[] = [];
  /** Tasks that each worker has: the one that it is in, and what follows it. */
  private readonly given = new Map<WorkerPort, Pending[]>();
  /** Most tasks that a worker has. */
  private depth = 1;
  /** Marks the job that is on, and whether it is over. */
  private over: Int32Array | undefined;
  /** The end of the job that is on, once it was asked for. */
  private ending: Promise<void> | undefined;
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
    for (const worker of this.workers) this.given.set(worker, []);
  }

  begin<Task, Result>(name: string, setup: unknown): Job<Task, Result> {
    if (this.over) throw new Error('a pool runs one job at a time; end the previous one');
    const over = sharedFlag();
    for (const worker of this.workers) worker.send({ name, setup, over });
    this.over = over;
    this.ending = undefined;
    this.depth = 1;
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
      if (job !== this.over || this.ending || this.failure)
        throw this.failure ?? new Error(jobOver);
      this.waiting.push({ task, resolve, reject });
      this.dispatch();
    });
  }

  /** Waits for the runs that workers are in, as often as it is asked for; what is not done by then fails. */
  private async end(job: Int32Array): Promise<void> {
    if (job === this.over) await (this.ending ??= this.finishJob(job));
  }

  private async finishJob(job: Int32Array): Promise<void> {
    this.tellOver(job);
    for (const pending of this.waiting.splice(0)) pending.reject(new Error(jobOver));
    if (!this.isAtRest && !this.failure)
      await new Promise<void>(resolve => (this.onRest = resolve));
    this.over = undefined;
  }

  private tellOver(job: Int32Array): void {
    if (isShared(job)) Atomics.store(job, 0, 1);
    else for (const worker of this.workers) worker.send('over');
  }

  /** Hands out what waits: first to workers that have nothing to do. */
  private dispatch(): void {
    for (let most = 1; most <= this.depth; most++)
      for (const worker of this.workers) {
        const tasks = this.given.get(worker)!;
        while (tasks.length < most && this.waiting.length > 0) {
          const pending = this.waiting.shift()!;
          try {
            worker.send({ task: pending.task });
            tasks.push(pending);
          } catch (error) {
            pending.reject(error as Error); // it cannot be sent
          }
        }
      }
  }

  private finish(worker: WorkerPort, answer: Answer): void {
    const pending = this.given.get(worker)!.shift();
    this.depth = answer.seconds < quick ? 2 : 1;
    if ('result' in answer) pending?.resolve(answer.result);
    else pending?.reject(answer.failure);
    this.dispatch();
    if (this.isAtRest) this.onRest?.();
  }

  private get isAtRest(): boolean {
    return [...this.given.values()].every(tasks => tasks.length === 0);
  }

  private fail(error: Error): void {
    this.failure ??= error;
    const given = [...this.given.values()].flatMap(tasks => tasks.splice(0));
    for (const { reject } of [...given, ...this.waiting.splice(0)]) reject(this.failure);
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
