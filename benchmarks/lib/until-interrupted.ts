/** Exit code of what Ctrl-C has ended. */
const interrupted = 130;

/**
 * Does something that Ctrl-C, or SIGTERM, asks to end by the signal.
 * @returns its exit code, or that of what was interrupted
 */
export async function untilInterrupted(
  work: (signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const controller = new AbortController();
  const stop = (): void => controller.abort(new Error('interrupted'));
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    return await work(controller.signal);
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    console.error('interrupted');
    return interrupted;
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}
