import { inProcessPool, type OnProgress, type Pool, type Runtime } from '@nads/runtime';
import type { OnWarning } from './picture.js';
import { services } from './services.js';
import type { Store } from './store.js';

/** Where a study runs, and how it is monitored and stopped. */
export interface Environment {
  /** What runs models. */
  readonly runtime: Runtime;
  /** Runs tasks in parallel; the calling thread if not given. */
  readonly pool?: Pool;
  /** Where state is saved so that a later run can continue from it; nowhere if not given. */
  readonly store?: Store;
  /** Bytes of memory that may be used; not checked if not given. */
  readonly memory?: number;
  readonly onProgress?: OnProgress;
  /** Told what went wrong without ending the study, such as a picture that cannot be drawn; that is an error if not given. */
  readonly onWarning?: OnWarning;
  /** Ends a study early; each study documents what it then returns. */
  readonly signal?: AbortSignal;
}

/** The pool of an environment. */
export const poolOf = ({ pool, runtime }: Environment): Pool =>
  pool ?? inProcessPool(services, runtime);
