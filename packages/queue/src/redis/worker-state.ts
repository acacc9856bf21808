import type { Program } from '../program/program.js';

/** What a worker says of itself now and then. */
export interface WorkerState {
  readonly name: string;
  readonly program: Program;
  /** Tasks that it does at a time, and those that it is at. */
  readonly threads: number;
  readonly busy: number;
  /** Tasks that it has done, and those that failed there. */
  readonly done: number;
  readonly failed: number;
  /** Seconds that the tasks took which it has done. */
  readonly seconds: number;
  /** Why it takes no tasks; undefined where it does. */
  readonly trouble?: string;
}
