import { addSums } from './add-sums.js';
import type { BlockSums } from './block-sums.js';
import type { Tally } from './tally.js';

/** Where contributions come from, and when to stop. */
export interface Sampling {
  /** Starts the work on a network; up to `ahead` of them at a time. */
  readonly contribution: (index: number) => Promise<BlockSums>;
  readonly ahead: number;
  /** Stops at this many networks; no further one is started. */
  readonly most?: number;
  /** Whether to stop earlier; called before each network. */
  readonly enough?: (tally: Tally) => boolean | Promise<boolean>;
  /** Stops the sampling; the networks that are done by then stay in the tally. */
  readonly signal?: AbortSignal;
  /** Called and awaited after every network, for instance to save the tally. */
  readonly keep?: (tally: Tally) => void | Promise<void>;
}

/**
 * Adds networks to a tally until there are enough or the signal is aborted. Contributions are added in
 * the order of their numbers, so that the result does not depend on which worker finishes first.
 */
export async function sample(tally: Tally, sampling: Sampling): Promise<void> {
  const { contribution, ahead, most = Infinity, enough, signal, keep } = sampling;
  const pending: Promise<BlockSums>[] = [];
  while (!signal?.aborted && tally.networks < most && !(await enough?.(tally))) {
    while (pending.length < Math.min(ahead, most - tally.networks))
      pending.push(started(contribution(tally.networks + pending.length)));
    const sums = await unlessAborted(pending.shift()!, signal);
    if (!sums) return;
    addSums(tally.groups[tally.networks % tally.groups.length], sums);
    tally.networks++;
    await keep?.(tally);
  }
}

/** A failure is reported where the result is awaited, not before. */
function started<T>(work: Promise<T>): Promise<T> {
  work.catch(() => {});
  return work;
}

/**
 * The result of the work, or undefined if the signal comes first. Listens no longer than the work
 * takes: a race against one promise of an abort would keep every contribution in memory.
 */
function unlessAborted<T>(work: Promise<T>, signal?: AbortSignal): Promise<T | undefined> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const stop = (): void => resolve(undefined);
    signal.addEventListener('abort', stop);
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
