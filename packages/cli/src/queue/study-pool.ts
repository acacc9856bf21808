import { OptionError } from '@nads/linalg';
import type { Pool } from '@nads/runtime';
import type { QueueFlags } from '../commands/queue-options.js';

/**
 * What does the tasks of a study: workers behind a queue where there is one, otherwise threads of this process.
 * @param threads starts them
 */
export async function studyPool(flags: QueueFlags, threads: () => Pool): Promise<Pool> {
  const { queue, store } = flags;
  if (queue === undefined && store === undefined) return threads();
  if (queue === undefined) throw new OptionError('store', 'it is for workers; give `queue`, too');
  if (store === undefined)
    throw new OptionError('queue', 'give `store`, the folder that its workers share');
  const { openQueue } = await import('./open-queue.js');
  return openQueue(queue, store);
}
