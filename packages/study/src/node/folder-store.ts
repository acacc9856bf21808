import { closeSync, constants, fsyncSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NamedFile, Store, Write } from '../store.js';
import { explainFile } from './explain-file.js';
import { requireNoInput } from './inputs.js';
import { readIfThere } from './read-if-there.js';
import { requireFolder, writeInParts, writeTogether } from './write-file.js';

/** At the end of a file, not of what a link leads to. */
const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants as Partial<typeof constants>;
const appending = [O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY].reduce<number>(
  (flags, flag = 0) => flags | flag, // Windows has no O_NOFOLLOW
  0,
);

/** The text is on the disk when it returns. */
function appendNow(file: string, text: string): void {
  requireNoInput(file);
  const open = openSync(file, appending);
  try {
    writeFileSync(open, text);
    fsyncSync(open);
  } finally {
    closeSync(open);
  }
}

/** A folder as a store; it is made when something is written. */
export class FolderStore implements Store {
  readonly name: string;

  constructor(folder: string) {
    this.name = folder;
  }

  /** @throws where it cannot be made or written to, is a file, or holds the pictures that are read. */
  async ready(): Promise<void> {
    requireNoInput(this.name);
    requireFolder(this.name);
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    return readIfThere(this.path(name));
  }

  async write(files: readonly NamedFile[]): Promise<void> {
    writeTogether(this.within(files));
  }

  writeInParts(
    name: string,
    produce: (write: Write) => Promise<readonly NamedFile[]>,
  ): Promise<void> {
    return writeInParts(this.path(name), async write => this.within(await produce(write)));
  }

  async remove(names: readonly string[]): Promise<void> {
    for (const file of names.map(this.path)) {
      requireNoInput(file);
      explainFile(file, () => rmSync(file, { force: true }));
    }
  }

  async append(name: string, text: string): Promise<void> {
    const file = this.path(name);
    explainFile(file, () => appendNow(file, text));
  }

  private within = (files: readonly NamedFile[]): NamedFile[] =>
    files.map(([name, contents]) => [this.path(name), contents]);

  private path = (name: string): string => join(this.name, name);
}
