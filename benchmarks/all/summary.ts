import type { Measurement } from '../lib/measurement.ts';
import type { Commit } from '../lib/commit.ts';
import type { Blas } from '../lib/peer.ts';
import type { Place } from '../lib/place.ts';

/** What became of one benchmark. */
export interface Entry {
  readonly benchmark: string;
  /** That it took, whether it failed or not. */
  readonly seconds: number;
  readonly measurement?: Measurement;
  /** Why there is none. */
  readonly error?: string;
}

/** all.json: when, where and of what code, then what became of each benchmark. */
export interface Summary extends Commit, Place {
  /** When the first one began. */
  readonly date: string;
  readonly benchmarks: readonly {
    readonly benchmark: string;
    readonly seconds: number;
    readonly error?: string;
    readonly peer?: string | null;
    readonly blas?: Blas | null;
    readonly load_average?: number;
  }[];
}

/** A summary of what has run so far. */
export const summaryOf = (
  before: Commit & Place & { readonly date: string },
  entries: readonly Entry[],
): Summary => ({
  ...before,
  benchmarks: entries.map(({ measurement, ...entry }) => ({
    ...entry,
    ...(measurement && {
      peer: measurement.peer,
      blas: measurement.blas,
      load_average: measurement.load_average,
    }),
  })),
});
