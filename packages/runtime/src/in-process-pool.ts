import { loadService, type Job, type Pool, type Services } from './pool.js';
import type { Runtime } from './session.js';

/** A pool of one worker that is the caller's own thread: tasks are done one after the other. */
export function inProcessPool(services: Services, runtime: Runtime): Pool {
  return {
    size: 1,
    begin: <Task, Result>(name: string, setup: unknown): Job<Task, Result> =>
      new InProcessJob(services, runtime, name, setup),
    close: async () => {},
  };
}

class InProcessJob<Task, Result> implements Job<Task, Result> {
  private readonly over = new AbortController();
  private readonly prepared: Promise<(task: Task) => Promise<Result>>;
  /** Ends when the tasks so far are done. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(services: Services, runtime: Runtime, name: string, setup: unknown) {
    this.prepared = loadService(services, name, runtime).then(
      ({ prepare }) =>
        prepare(setup, { runtime, signal: this.over.signal }) as Promise<
          (task: Task) => Promise<Result>
        >,
    );
    this.prepared.catch(() => {}); // surfaces where a task is run
  }

  run(task: Task): Promise<Result> {
    const result = this.last.then(async () => {
      const perform = await this.prepared;
      this.over.signal.throwIfAborted();
      return perform(task);
    });
    this.last = result.catch(() => {});
    return result;
  }

  async end(): Promise<void> {
    this.over.abort(new Error('the job is over'));
    await this.last;
  }
}
