import { setTimeout } from 'node:timers/promises';
import type { Pool } from '@nads/runtime';
import { interruptedBy } from './interruption.js';

/** Milliseconds that workers are waited for after an interruption. */
const patience = 500;

/**
 * Ends the workers of a pool, all results being saved. After an interruption those are not waited for that are in a long run of a network,
 * which does not pause: the signal takes the process with it, as where nobody listens.
 */
export async function closePool(pool: Pool): Promise<void> {
  const closed = pool.close();
  const signal = interruptedBy();
  if (signal === undefined) return closed;
  const late = setTimeout(patience, true, { ref: false });
  if (await Promise.race([closed.then(() => false), late])) process.kill(process.pid, signal);
}
