import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { explainFile } from './explain-file.js';
import { requireJsonSize } from './require-json-size.js';

/** Something that was read. */
export interface Input {
  readonly name: string;
  /** Of its contents. */
  readonly sha256: string;
}

/** What was read as an input of this process, by the identity of the file or folder on disk, in the order of reading. */
const inputs = new Map<string, Input>();

/** What has been read as an input of this process, each once. */
export const inputsRead = (): readonly Input[] => [...inputs.values()];

/** The contents of a file that is an input: no output may replace it. @throws one line that names the file */
export const readInput = (file: string): Buffer =>
  explainFile(file, () => {
    requireFile(file);
    const contents = readFileSync(file);
    noteInput(file, contents);
    return contents;
  });

/** @throws for pipes and devices, which may never end, or never begin, and for JSON that is larger than any of results */
function requireFile(file: string): void {
  const found = statSync(file);
  if (!found.isFile() && !found.isDirectory())
    throw new Error(`this is a device or pipe, not a file; save it as a file first`);
  requireJsonSize(file, found.size);
}

/** Notes that a file or a folder is an input. @param contents of the file, or what there is in the folder */
export function noteInput(path: string, contents: string | Uint8Array): void {
  const identity = identityOf(path);
  if (identity !== undefined && !inputs.has(identity))
    inputs.set(identity, { name: path, sha256: sha256(contents) });
}

/** @throws where an output is, under this or another name, an input of this process */
export function requireNoInput(output: string): void {
  const input = inputs.get(identityOf(output) ?? '')?.name;
  if (input === undefined) return;
  const asWell = input === output ? 'an input' : `the input ${input}`;
  throw new Error(`${output}: this is ${asWell}, which would be lost; write somewhere else`);
}

const sha256 = (contents: string | Uint8Array): string =>
  createHash('sha256').update(contents).digest('hex');

/** Device and number, which all names of a file share; undefined where there is none. */
function identityOf(path: string): string | undefined {
  const found = explainFile(path, () => statSync(path, { bigint: true, throwIfNoEntry: false }));
  return found && `${found.dev}:${found.ino}`;
}
