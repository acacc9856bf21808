import type { SweepEntry } from './journal.js';

/** Entries of a sweep by index and seed. */
export const sortedEntries = (entries: readonly SweepEntry[]): SweepEntry[] =>
  entries.toSorted((a, b) => a.index - b.index || a.seed - b.seed);
