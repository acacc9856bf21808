import { availableParallelism } from 'node:os';
import type { Pool } from '@nads/runtime';
import { ThreadPool } from '@nads/runtime/workers';

/**
 * Worker threads that do what studies hand out.
 * @param size how many; as many as the machine has cores if not given
 * @param preload a service of `services` that they load at once
 */
export const threadPool = (size = availableParallelism(), preload?: string): Pool =>
  new ThreadPool(new URL('./worker.js', import.meta.url), { size, preload });
