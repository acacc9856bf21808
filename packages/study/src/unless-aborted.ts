import type { StopSignal } from '@nads/runtime';

/** The result of some work; undefined if the signal is aborted before it is done. */
export async function unlessAborted<T>(
  signal: StopSignal | undefined,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (signal?.aborted) return undefined;
    throw error;
  }
}
