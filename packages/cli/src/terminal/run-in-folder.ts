import { normalize } from 'node:path';
import type { Identity, Store } from '@nads/study';
import { openResultFolder, printedResult } from '@nads/study/node';
import { commandWords, incidental } from './command-words.js';
import { interruptible } from './interruption.js';
import { warn } from './say.js';
import { lastShown, show } from './show.js';
import { withFolder, withoutFolder } from './without-folder.js';

/** A command that writes into a folder, with its options. */
export interface FolderCommand {
  readonly command: string;
  readonly flags: FolderFlags;
  /** A file that each of its results has. */
  readonly main: string;
  /** The file that an unfinished run is continued from, if it can be. */
  readonly state?: string;
  /** Options that may become others where it is continued, such as how far it goes. */
  readonly extensible?: readonly string[];
  /** Whether it always continues what is there. */
  readonly resume?: boolean;
}

/** Options of commands that write into a folder. */
export interface FolderFlags {
  readonly out: string;
  readonly resume?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** Options that results do not depend on; the folder is one. */
const isIncidental = (option: string): boolean => option === 'out' || incidental.has(option);

/**
 * Runs a command whose results go into a folder: one process at a time, and nothing that is there is lost. Where the folder
 * holds the result already, that is said, and nothing else done. Inputs are to be read before.
 * @param work writes the results, and says whether all are written
 * @throws where another process writes there, or what is there would be replaced
 */
export async function runInFolder(
  { flags, resume = flags.resume, ...run }: FolderCommand,
  work: (store: Store) => Promise<boolean>,
): Promise<void> {
  const { out, force } = flags;
  const words = { arguments: commandWords(isIncidental), settings: settingsOf(flags) };
  const folder = openResultFolder(out, { ...run, ...words, resume, force });
  if (!folder) return sayIsThere(flags);
  try {
    // until all is written: a second Ctrl-C must not come between
    await interruptible(async () => {
      if (await work(folder)) await folder.finish(withoutFolder(lastShown(), normalize(out)));
    });
  } finally {
    folder.close();
  }
}

/** Says that the result is there; with --json prints it as the run did that computed it. */
function sayIsThere({ out, json }: FolderFlags): void {
  warn(`nothing to do: ${out} holds this result already; --force computes it again`);
  if (json) show({ json }, [], withFolder(printedResult(out), normalize(out)) ?? { out });
}

const settingsOf = (flags: object): Identity =>
  Object.fromEntries(
    Object.entries(flags)
      .filter(([name, value]) => value !== undefined && !isIncidental(name))
      .map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : value]),
  );
