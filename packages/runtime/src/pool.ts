import type { StopSignal } from './progress.js';
import type { Runtime } from './session.js';

/** What a service may use where it runs. */
export interface ServiceContext {
  readonly runtime: Runtime;
  /** To be checked now and then: aborted once the job is over. */
  readonly signal: StopSignal;
}

/** One kind of task, and how it is done; setups, tasks and results are plain data. */
export interface Service<Setup, Task, Result> {
  /** What does a task, once the setup of the job is known. */
  readonly prepare: (
    setup: Setup,
    context: ServiceContext,
  ) => Promise<(task: Task) => Promise<Result>>;
  /** Memory of a result that is handed over instead of copied. */
  readonly transfer?: (result: Result) => ArrayBuffer[];
}

/** Services by name; each is loaded when it is first wanted, and then makes what it needs of a runtime for any setup. */
export type Services = Readonly<
  Record<string, (runtime: Runtime) => Promise<Service<unknown, unknown, unknown>>>
>;

/** A service as an entry of `Services`. */
export const service = <Setup, Task, Result>(
  load: (runtime: Runtime) => Promise<Service<Setup, Task, Result>>,
): Services[string] =>
  // setups and tasks reach a service only through a job of its name
  load as unknown as Services[string];

/** Tasks of one kind with one setup. */
export interface Job<Task, Result> {
  /** Gives a task to the next worker that is free. @throws what went wrong there. */
  run(task: Task): Promise<Result>;
  /** Ends the job: tasks that are not done by then fail. */
  end(): Promise<void>;
}

/** Runs tasks in worker threads, in this thread or on other machines. Results do not depend on which. */
export interface Pool {
  /** Tasks that are worked on at a time. */
  readonly size: number;
  /** Whether tasks are done on other machines, in memory that is not this one's. */
  readonly isRemote?: boolean;
  /** Begins a job; its setup reaches every worker before any task. Jobs follow each other. */
  begin<Task, Result>(service: string, setup: unknown): Job<Task, Result>;
  /** Ends all workers. */
  close(): Promise<void>;
}

/** The service of a name. @throws where there is none. */
export async function loadService(
  services: Services,
  name: string,
  runtime: Runtime,
): Promise<Service<unknown, unknown, unknown>> {
  if (Object.hasOwn(services, name)) return services[name](runtime);
  throw new Error(`unknown service '${name}'; expected one of ${Object.keys(services).join(', ')}`);
}
