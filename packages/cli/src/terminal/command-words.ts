import { givenArguments } from './given-arguments.js';
import { currentCommand } from './with-flags.js';

/** Options that results do not depend on. */
export const incidental: ReadonlySet<string> = new Set([
  'force',
  'json',
  'queue',
  'quiet',
  'resume',
  'store',
  'threads',
  'workers',
]);

/** What the command that runs was given, its name first, without options that are left out. */
export function commandWords(isLeftOut: (option: string) => boolean): string[] | undefined {
  const command = currentCommand();
  return command && givenArguments(command, process.argv.slice(2), isLeftOut);
}
