import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NamedFile, Store, Write } from '../store.js';
import { explainFile } from './explain-file.js';
import { requireNoInput } from './inputs.js';
import { requireFolder, writeInParts, writeTogether } from './write-file.js';

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
    const file = this.path(name);
    return existsSync(file) ? explainFile(file, () => readFileSync(file)) : undefined;
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

  async append(name: string, text: string): Promise<void> {
    const file = this.path(name);
    explainFile(file, () => appendFileSync(file, text, { flush: true }));
  }

  private within = (files: readonly NamedFile[]): NamedFile[] =>
    files.map(([name, contents]) => [this.path(name), contents]);

  private path = (name: string): string => join(this.name, name);
}
