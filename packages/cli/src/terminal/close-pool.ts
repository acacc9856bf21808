import { setTimeout } from 'node:timers/promises';
import type { Pool } from '@nads/runtime';
import { interruptedBy } from './interruption.js';

/** Milliseconds that workers are waited for after an interruption. */
const patience = 500;

let ending: NodeJS.Signals | undefined;

/** What is to end the process once everything is said, since its workers do not; undefined where they do. */
export const endedBy = (): NodeJS.Signals | undefined => ending;

/**
 * Ends the workers of a pool, all results being saved. After an interruption those are not waited for that are in a long run of a network,
 * which does not pause: the signal is to take the process with it (`endedBy`), as where nobody listens.
 */
export async function closePool(pool: Pool): Promise<void> {
  const closed = pool.close();
  const signal = interruptedBy();
  if (signal === undefined) return closed;
  const late = setTimeout(patience, true, { ref: false });
  if (await Promise.race([closed.then(() => false), late])) ending = signal;
}
