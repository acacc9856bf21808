import type { Pool } from '@nads/runtime';
import { openBlobs, queuePool } from '@nads/queue';
import { warn } from '../terminal/say.js';
import { thisProgram } from './this-program.js';

/** The pool of the workers behind a queue; what goes on there that a person must know is said. */
export const openQueue = async (queue: string, store: string): Promise<Pool> =>
  queuePool({
    queue,
    store: openBlobs(store),
    program: await thisProgram(),
    onWarning: warn,
  });
