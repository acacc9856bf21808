import { constants } from 'node:os';
import { warn } from './say.js';

/** What a study is stopped with: its name is the one by which the language knows aborts. */
export class Interruption extends Error {
  override readonly name = 'AbortError';
  readonly signal: NodeJS.Signals;

  constructor(signal: NodeJS.Signals) {
    super(`interrupted by ${signal}`);
    this.signal = signal;
  }

  /** What shells expect of a process that ended so. */
  get exitCode(): number {
    return 128 + constants.signals[this.signal];
  }
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The signal of what runs now: a process is interrupted as a whole. */
let running: AbortSignal | undefined;

let interrupting: NodeJS.Signals | undefined;

/** What has interrupted the process; undefined if nothing has. */
export const interruptedBy = (): NodeJS.Signals | undefined => interrupting;

/**
 * Turns Ctrl-C, a request to end and the loss of the terminal into an orderly stop while something runs, until its results
 * are saved; what runs within it has the same signal. A second one is answered, a third ends the process at once.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  if (running) return work(running);
  const controller = new AbortController();
  let count = 0;
  const onSignal = (signal: NodeJS.Signals): void => {
    count++;
    interrupting ??= signal;
    if (count === 1) controller.abort(new Interruption(signal));
    else if (count === 2) warn('saving what is done; once more ends without that');
    else process.exit(new Interruption(signal).exitCode);
  };
  for (const signal of signals) process.on(signal, onSignal);
  running = controller.signal;
  try {
    return await work(running);
  } finally {
    running = undefined;
    for (const signal of signals) process.off(signal, onSignal);
  }
}
