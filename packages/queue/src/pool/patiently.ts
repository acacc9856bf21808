import { setTimeout as sleep } from 'node:timers/promises';
import { StoreTrouble } from '../blobs/blob-store.js';

/** Waits between attempts, in milliseconds: what one machine wrote another may see a minute later on some shared folders. */
const waits = [100, 200, 400, 800, 1600, 3000, 5000, 10_000, 20_000, 30_000];

/**
 * Does something with a store again where that has trouble, for about a minute.
 * @param onTrouble is told once, when it has taken seconds
 * @throws the trouble that lasts, and what else goes wrong
 */
export async function patiently<T>(
  action: () => Promise<T>,
  onTrouble?: (trouble: StoreTrouble) => void,
): Promise<T> {
  for (const [i, wait] of waits.entries())
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof StoreTrouble)) throw error;
      if (i === 4) onTrouble?.(error);
      await sleep(wait);
    }
  return action();
}
