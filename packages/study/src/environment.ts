import { inProcessPool, type OnProgress, type Pool, type Runtime } from '@nads/runtime';
import { services } from './services.js';
import type { Store } from './store.js';

/** Where a study runs, and how it is watched and stopped. */
export interface Environment {
  /** What runs models. */
  readonly runtime: Runtime;
  /** What works on several networks at a time; the own thread if not given. */
  readonly pool?: Pool;
  /** Where what is done so far is kept, so that a later run can go on from it; nowhere if not given. */
  readonly store?: Store;
  /** Bytes of memory that may be used; not checked if not given. */
  readonly memory?: number;
  readonly onProgress?: OnProgress;
  /** Ends a study early; what comes of it then stands with each study. */
  readonly signal?: AbortSignal;
}

/** The pool of an environment. */
export const poolOf = ({ pool, runtime }: Environment): Pool =>
  pool ?? inProcessPool(services, runtime);
