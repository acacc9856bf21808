import { joined } from '@nads/linalg';
import { textOf, type NamedFile, type Store, type Write } from './store.js';

/** A store in memory, lost when the process ends. */
export class MemoryStore implements Store {
  readonly name: string;
  readonly files: Map<string, Uint8Array> = new Map();

  constructor(name = 'memory') {
    this.name = name;
  }

  async ready(): Promise<void> {}

  async read(name: string): Promise<Uint8Array | undefined> {
    return this.files.get(name);
  }

  async write(files: readonly NamedFile[]): Promise<void> {
    for (const [name, contents] of files)
      this.files.set(
        name,
        typeof contents === 'string' ? new TextEncoder().encode(contents) : contents.slice(),
      );
  }

  async writeInParts(
    name: string,
    produce: (write: Write) => Promise<readonly NamedFile[]>,
  ): Promise<void> {
    const parts: Uint8Array[] = [];
    const others = await produce(bytes => void parts.push(bytes.slice()));
    await this.write([...others, [name, joined(Uint8Array, parts)]]);
  }

  async remove(names: readonly string[]): Promise<void> {
    for (const name of names) this.files.delete(name);
  }

  async append(name: string, text: string): Promise<void> {
    const before = this.files.get(name);
    await this.write([[name, (before ? textOf(before) : '') + text]]);
  }
}
