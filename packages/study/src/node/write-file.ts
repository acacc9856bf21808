import { randomBytes } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { NamedFile } from '../store.js';
import { explainFile } from './explain-file.js';
import { requireNoInput } from './inputs.js';

/** Takes bytes of a file in their order, and has written them when it returns. */
export type WriteNow = (bytes: Uint8Array) => void;

/** Writes a file whole or not at all: what was there stays until the new one is complete and on the disk. */
export const writeWhole = (...file: NamedFile): void => writeTogether([file]);

/**
 * Writes several files, all of them or none: what was there stays until every new one is complete and on the disk. Links are
 * replaced, not followed.
 * @throws where one of them is an input of this process, or no plain file, or two are the same
 */
export function writeTogether(files: readonly NamedFile[]): void {
  requireDistinct(files.map(([file]) => file));
  const begun = new Map<string, Partial>();
  try {
    for (const [file, contents] of files) {
      const partial = new Partial(file);
      begun.set(file, partial);
      partial.write(contents);
      partial.complete();
    }
    for (const partial of begun.values()) partial.takeItsPlace();
    for (const folder of new Set(files.map(([file]) => dirname(file)))) flushFolder(folder);
  } catch (error) {
    for (const partial of begun.values()) partial.remove();
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
  const partial = new Partial(file);
  try {
    const others = await produce(bytes => partial.write(bytes));
    partial.complete();
    writeTogether(others);
    partial.takeItsPlace();
    flushFolder(dirname(file));
  } catch (error) {
    partial.remove();
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

/**
 * Makes sure before any work that a file can be written.
 * @param force whether it may replace one that is there.
 * @throws where it is an input, or there already, or its folder cannot be made
 */
export function requireWritable(file: string, force = false): void {
  requireFolder(dirname(file));
  requireReplaceable(file);
  if (!force && lstatSync(file, { throwIfNoEntry: false }))
    throw new Error(
      `${file}: this file is there already; write somewhere else, or give \`force\` to replace it`,
    );
}

/**
 * Makes sure before any work that several files can be written.
 * @param force whether they may replace those that are there.
 * @throws where one cannot, and where two are the same on disk or one would be a folder of another
 */
export function requireAllWritable(files: readonly string[], force = false): void {
  requireDistinct(files);
  for (const file of files) requireWritable(file, force);
}

/** @throws where two outputs are the same on disk, or one would be a folder of another */
function requireDistinct(files: readonly string[]): void {
  const taken = new Map<string, string>();
  for (const file of files) {
    const place = placeOf(file);
    if (taken.has(place))
      throw new Error(
        `${file}: two outputs would be this file, and one would be lost; give each its own`,
      );
    taken.set(place, file);
  }
  for (const [place, file] of taken)
    for (let folder = dirname(place); folder !== dirname(folder); folder = dirname(folder))
      if (taken.has(folder))
        throw new Error(`${file}: ${taken.get(folder)} would be a file; write somewhere else`);
}

/** The path on disk, its folder without links: a link in place of the file itself is replaced, not followed. */
function placeOf(file: string): string {
  const path = resolve(file);
  return join(realFolder(dirname(path)), basename(path));
}

/** As realpath, of a folder that need not be there. */
function realFolder(folder: string): string {
  if (statSync(folder, { throwIfNoEntry: false }) || dirname(folder) === folder)
    return explainFile(folder, () => realpathSync(folder));
  return join(realFolder(dirname(folder)), basename(folder));
}

/** The name of a file that was not complete when its process ended. */
export const partialName = /\.[0-9a-f]{12}\.partial$/;

/** A file that is not complete: under a name of its own, which nobody else can have made. */
class Partial {
  private readonly file: string;
  private readonly name: string;
  private readonly open: number;
  private isOpen = true;

  constructor(file: string) {
    this.file = file;
    this.name = `${file}.${randomBytes(6).toString('hex')}.partial`;
    explainFile(file, () => makeFolder(dirname(file)));
    requireReplaceable(file);
    this.open = explainFile(file, () => openSync(this.name, 'wx'));
  }

  write(contents: Uint8Array | string): void {
    explainFile(this.file, () => {
      if (typeof contents === 'string') writeFileSync(this.open, contents);
      else for (let at = 0; at < contents.length;) at += writeSync(this.open, contents, at);
    });
  }

  /** All is on the disk when it returns. */
  complete(): void {
    explainFile(this.file, () => fsyncSync(this.open));
    this.close();
  }

  takeItsPlace(): void {
    explainFile(this.file, () => renameSync(this.name, this.file));
  }

  remove(): void {
    this.close();
    quietly(() => rmSync(this.name, { force: true }));
  }

  private close(): void {
    if (this.isOpen) closeSync(this.open);
    this.isOpen = false;
  }
}

/** @throws where a file is an input of this process, a folder or a device */
function requireReplaceable(file: string): void {
  requireNoInput(file);
  const found = explainFile(file, () => lstatSync(file, { throwIfNoEntry: false }));
  if (!found || found.isFile() || found.isSymbolicLink()) return;
  const what = found.isDirectory() ? 'a folder' : 'a device or pipe';
  throw new Error(`${file}: this is ${what}, not a file; write somewhere else`);
}

/** Makes what was renamed last. Not every file system can. */
const flushFolder = (folder: string): void =>
  quietly(() => {
    const open = openSync(folder, 'r');
    try {
      fsyncSync(open);
    } finally {
      closeSync(open);
    }
  });

function quietly(action: () => void): void {
  try {
    action();
  } catch {
    // What was to be said is said elsewhere, or nothing.
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
