import { addSums, emptySums, type BlockSums } from './covariance.js';
import type { SymmetryBlock } from './symmetry-blocks.js';

/** Sums over networks, kept in groups so that the spread between groups gives the uncertainty. */
export interface Tally {
  /** Networks so far: the first `networks` of the plan's sequence, none left out. */
  networks: number;
  /** Network n is in group n mod length. */
  readonly groups: readonly BlockSums[];
}

/** Groups that uncertainty is estimated from; fewer where their matrices would fill the memory. */
export function groupCount(
  blocks: readonly Pick<SymmetryBlock, 'size'>[],
  bytes = 512 * 2 ** 20,
): number {
  const bytesPerGroup = blocks.reduce((sum, { size }) => sum + 8 * size * size, 0);
  return Math.max(4, Math.min(16, 2 * Math.floor(bytes / bytesPerGroup / 2)));
}

/** A tally of nothing. */
export const emptyTally = (blocks: readonly SymmetryBlock[]): Tally => ({
  networks: 0,
  groups: Array.from({ length: groupCount(blocks) }, () => emptySums(blocks)),
});

/** Says that somebody wants to stop, as an AbortSignal does. */
export interface Interruption {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
}

/** Where contributions come from, and how the sampling ends. */
export interface Sampling {
  /** Starts the work on a network; up to `ahead` of them at a time. */
  readonly contribution: (index: number) => Promise<BlockSums>;
  readonly ahead: number;
  /** Whether to stop after this many networks. */
  readonly enough: (tally: Tally) => boolean | Promise<boolean>;
  readonly interruption?: Interruption;
  readonly onNetwork?: (tally: Tally) => void | Promise<void>;
}

/**
 * Adds networks to a tally until there are enough or somebody interrupts. Contributions are added in
 * the order of their numbers, so that the result does not depend on who computed what when.
 */
export async function sample(tally: Tally, sampling: Sampling): Promise<void> {
  const { contribution, ahead, enough, interruption, onNetwork } = sampling;
  const pending: Promise<BlockSums>[] = [];
  const interrupted = whenAborted(interruption);
  while (!interruption?.aborted && !(await enough(tally))) {
    while (pending.length < ahead)
      pending.push(started(contribution(tally.networks + pending.length)));
    const sums = await Promise.race([pending.shift()!, interrupted]);
    if (!sums) return;
    addSums(tally.groups[tally.networks % tally.groups.length], sums);
    tally.networks++;
    await onNetwork?.(tally);
  }
}

/** A failure surfaces where the result is awaited, not before. */
function started<T>(work: Promise<T>): Promise<T> {
  work.catch(() => {});
  return work;
}

function whenAborted(interruption: Interruption | undefined): Promise<undefined> {
  return new Promise(resolve => interruption?.addEventListener('abort', () => resolve(undefined)));
}
