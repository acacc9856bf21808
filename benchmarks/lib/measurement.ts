import type { Commit } from './commit.ts';
import type { Place } from './place.ts';
import type { Outcome } from './table.ts';

/** What `npm run bench -- NAME --json` prints: the outcome, where, when and of what. */
export interface Measurement extends Outcome, Place, Commit {
  readonly benchmark: string;
  /** When it began, as in 2026-01-31T12:00:00.000Z. */
  readonly date: string;
}
