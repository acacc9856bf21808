/** An interruption, and a way to stop listening for it. */
export interface Listening {
  /** Its reason is the name of the signal. */
  readonly signal: AbortSignal;
  readonly stop: () => void;
}

/** Turns Ctrl-C into an orderly stop; a second one ends the process at once. */
export function interruptionBySignal(): Listening {
  const controller = new AbortController();
  const onSignal = (signal: NodeJS.Signals): void => controller.abort(signal);
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    stop: () => {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
