import { readFileSync, statSync } from 'node:fs';
import { explainFile } from './explain-file.js';

/** What was read as an input of this process: names by the identity of the file or folder on disk. */
const inputs = new Map<string, string>();

/** The contents of a file that is an input: no output may replace it. @throws one line that names the file */
export const readInput = (file: string): Buffer =>
  explainFile(file, () => {
    const contents = readFileSync(file);
    noteInput(file);
    return contents;
  });

/** Notes that a file or a folder of pictures is an input. */
export function noteInput(path: string): void {
  const identity = identityOf(path);
  if (identity !== undefined && !inputs.has(identity)) inputs.set(identity, path);
}

/** @throws where an output is, under this or another name, an input of this process */
export function requireNoInput(output: string): void {
  const input = inputs.get(identityOf(output) ?? '');
  if (input === undefined) return;
  const asWell = input === output ? 'an input' : `the input ${input}`;
  throw new Error(`${output}: this is ${asWell}, which would be lost; write somewhere else`);
}

/** Device and number, which all names of a file share; undefined where there is none. */
function identityOf(path: string): string | undefined {
  const found = explainFile(path, () => statSync(path, { bigint: true, throwIfNoEntry: false }));
  return found && `${found.dev}:${found.ino}`;
}
