import type { OnProgress } from '@nads/runtime';
import type { OnWarning } from '@nads/study';
import { interruptible, Interruption } from './interruption.js';
import { Progress } from './progress.js';
import { warn } from './say.js';

/** How a study can be watched and stopped from the terminal. */
export interface Watch {
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
  readonly onWarning: OnWarning;
}

/** What came of a study. */
export interface Outcome<T> {
  /** Undefined where an interruption left nothing. */
  readonly result: T | undefined;
  readonly isInterrupted: boolean;
}

/**
 * Runs a study with progress on stderr and Ctrl-C as an orderly stop. An interruption sets the exit code that shells expect;
 * what the study makes of it, a result of what was done or nothing, is up to the study.
 */
export const watched = <T>(
  quiet: boolean | undefined,
  study: (watch: Watch) => Promise<T>,
): Promise<Outcome<T>> =>
  interruptible(async signal => {
    try {
      return { result: await withProgress(quiet, signal, study), isInterrupted: signal.aborted };
    } catch (error) {
      if (!signal.aborted || error !== signal.reason) throw error;
      return { result: undefined, isInterrupted: true };
    } finally {
      if (signal.aborted) process.exitCode = (signal.reason as Interruption).exitCode;
    }
  });

/** Runs a study with progress on stderr. */
export async function withProgress<T>(
  quiet: boolean | undefined,
  signal: AbortSignal,
  study: (watch: Watch) => Promise<T>,
): Promise<T> {
  const progress = new Progress(quiet);
  const onProgress: OnProgress = one => progress.update(one);
  try {
    return await study({ signal, onProgress, onWarning: warn });
  } finally {
    progress.end();
  }
}
