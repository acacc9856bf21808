import { availableParallelism } from 'node:os';
import type { Pool, Provider } from '@nads/runtime';
import { ThreadPool } from '@nads/runtime/workers';

/**
 * Worker threads that do what studies hand out.
 * @param size how many; as many as the machine has cores if not given
 * @param preload a service of `services` that they load at once
 * @param provider what models run on there; the processor if not given
 */
export const threadPool = (
  size = availableParallelism(),
  preload?: string,
  provider?: Provider,
): Pool => new ThreadPool(new URL('./worker.js', import.meta.url), { size, preload, provider });
