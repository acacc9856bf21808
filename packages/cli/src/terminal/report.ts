import { inspect as pretty } from 'node:util';
import { withFlags } from './with-flags.js';

/** Exit code for errors that the user can fix: a bad file, a wrong option, a full disk. */
export const badInput = 2;

/** Exit code for work that was done and came to nothing. */
const noResult = 1;

let isReported = false;

/**
 * One line for the user, and the exit code; the whole story where NADS_DEBUG is set. What else fails is left out: it mostly
 * follows from the first failure.
 */
export function report(error: Error): void {
  if (isReported) return;
  isReported = true;
  process.stderr.write(`nads: ${oneLine(withFlags(error.message))}\n`);
  if (process.env.NADS_DEBUG) process.stderr.write(`${pretty(error)}\n`);
  process.exitCode = error.name === 'NoResponse' ? noResult : badInput;
}

/** Text without line breaks and the full stop at its end. */
export const oneLine = (text: string): string =>
  text
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '');
