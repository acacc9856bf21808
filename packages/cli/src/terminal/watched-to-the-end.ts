import { withProgress, type Watch } from './watched.js';

/**
 * Runs a study that has nothing to save before its end, with progress on stderr. Nobody listens to signals: they end the process at
 * once, even in the middle of a long run of a network, which does not pause for them.
 */
export const watchedToTheEnd = <T>(
  quiet: boolean | undefined,
  study: (watch: Watch) => Promise<T>,
): Promise<T> => withProgress(quiet, new AbortController().signal, study);
