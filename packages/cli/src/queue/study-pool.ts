import { OptionError } from '@nads/linalg';
import type { Pool } from '@nads/runtime';
import type { QueueFlags } from '../commands/queue-options.js';

/** @throws OptionError where one of the two options is given without the other */
export function requirePlace({ queue, store }: QueueFlags): void {
  if (queue === undefined && store !== undefined)
    throw new OptionError('store', 'it is for workers; give `queue`, too');
  if (queue !== undefined && store === undefined)
    throw new OptionError('queue', 'give `store`, the folder that its workers share');
}

/** Workers behind a queue, where there is one. */
export async function workersPool(flags: QueueFlags): Promise<Pool | undefined> {
  requirePlace(flags);
  if (flags.queue === undefined) return undefined;
  const { openQueue } = await import('./open-queue.js');
  return openQueue(flags.queue, flags.store!);
}

/**
 * What does the tasks of a study: workers behind a queue where there is one, otherwise threads of this process.
 * @param threads starts them
 */
export const studyPool = async (flags: QueueFlags, threads: () => Pool): Promise<Pool> =>
  (await workersPool(flags)) ?? threads();
