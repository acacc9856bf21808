import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../lib/logged.ts';
import type { Measurement } from '../lib/measurement.ts';
import { runBenchmark } from '../lib/run-benchmark.ts';
import { checkOut, removeCheckout } from './checkout.ts';
import type { Selection } from './selection.ts';

/** What is measured, and where. */
export interface CompareOptions {
  /** The repository. */
  readonly origin: string;
  readonly selection: readonly Selection[];
  /** Measurements of each. */
  readonly rounds: number;
  readonly signal: AbortSignal;
  readonly log: Log;
  /** Where folders for the two are made; the system's for temporary ones if not given. */
  readonly temporary?: string;
}

/** Measurements of two commits: in each, those of one selection after the other. */
export type Sides = readonly [Measurement[], Measurement[]];

/** Without the peers: what they take is not compared. */
const env = { NADS_BENCH_PEERS: 'none' };

/**
 * Builds two commits in temporary folders, and runs benchmarks of their own in turn, A B A B; the folders are
 * removed however it ends.
 * @param commits in full
 * @throws where one does not build or run, saying which
 */
export async function compareCommits(
  commits: readonly [string, string],
  { origin, selection, rounds, signal, log, temporary = tmpdir() }: CompareOptions,
): Promise<Sides> {
  const scratch = mkdtempSync(join(temporary, 'nads-bench-compare-'));
  const folders = (['a', 'b'] as const).map(side => join(scratch, side));
  const sides: Sides = [[], []];
  try {
    for (const [i, folder] of folders.entries()) {
      log(`building ${commits[i].slice(0, 9)}`);
      await naming(commits[i], checkOut({ origin, commit: commits[i], folder, signal }));
    }
    for (const { name, only } of selection)
      for (let round = 1; round <= rounds; round++)
        for (const [i, folder] of folders.entries()) {
          log(`${name}${only ? `, ${only}` : ''}: round ${round} of ${rounds}, ${'AB'[i]}`);
          const words = [name, ...(only ? ['--only', only] : [])] as const;
          sides[i].push(await naming(commits[i], runBenchmark(words, { folder, signal, env })));
        }
    return sides;
  } finally {
    for (const folder of folders) removeCheckout(origin, folder);
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Errors of a commit's own commands say whose they are. */
async function naming<T>(commit: string, work: Promise<T>): Promise<T> {
  return work.catch((error: Error) => {
    throw new Error(`commit ${commit.slice(0, 9)}: ${error.message}`, { cause: error });
  });
}
