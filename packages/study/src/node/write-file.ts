import {
  accessSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { NamedFile } from '../store.js';
import { explainFile } from './explain-file.js';

/** Takes bytes of a file in their order, and has written them when it returns. */
export type WriteNow = (bytes: Uint8Array) => void;

/** Writes a file whole or not at all: what was there stays until the new one is complete. */
export const writeWhole = (...file: NamedFile): void => writeTogether([file]);

/** Writes several files, all of them or none: what was there stays until every new one is complete. */
export function writeTogether(files: readonly NamedFile[]): void {
  try {
    for (const [file, contents] of files)
      explainFile(file, () => {
        makeFolder(dirname(file));
        writeFileSync(partial(file), contents);
      });
    for (const [file] of files) explainFile(file, () => renameSync(partial(file), file));
  } catch (error) {
    for (const [file] of files) removeQuietly(partial(file));
    throw error;
  }
}

/**
 * Writes a file piece by piece and others after it, all of them or none.
 * @param produce writes the file, and then knows what is in the others.
 */
export async function writeInParts(
  file: string,
  produce: (write: WriteNow) => Promise<readonly NamedFile[]>,
): Promise<void> {
  const open = explainFile(file, () => {
    makeFolder(dirname(file));
    return openSync(partial(file), 'w');
  });
  const write: WriteNow = bytes =>
    explainFile(file, () => {
      for (let at = 0; at < bytes.length;) at += writeSync(open, bytes, at);
    });
  try {
    const others = await produce(write).finally(() => closeSync(open));
    writeTogether(others);
    explainFile(file, () => renameSync(partial(file), file));
  } catch (error) {
    removeQuietly(partial(file));
    throw error;
  }
}

/** Makes a folder that can be written to. @throws where there is something else, or no permission. */
export function requireFolder(folder: string): void {
  explainFile(folder, () => {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
  });
}

const partial = (file: string): string => `${file}.partial`;

function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // The error that led here says more.
  }
}

/** As mkdir's `recursive`, which never returns for folders below /proc. */
function makeFolder(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  if (found) throw new Error(`${folder} is a file, not a folder; write somewhere else`);
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  mkdirSync(folder);
}
