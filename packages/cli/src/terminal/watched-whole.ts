import { watched, type Watch } from './watched.js';

/** As `watched`, for a study of which an interruption leaves nothing: that is said, and undefined comes out. */
export async function watchedWhole<T>(
  quiet: boolean | undefined,
  study: (watch: Watch) => Promise<T>,
): Promise<T | undefined> {
  const { result } = await watched(quiet, study);
  if (result === undefined) process.stderr.write('nads: interrupted; nothing was written\n');
  return result;
}
