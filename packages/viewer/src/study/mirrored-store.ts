import type { MemoryStore, NamedFile, Store, Write } from '@nads/study';

/**
 * A store in memory whose files are kept in another one too. What goes wrong there, such as storage that is full, is told once, and ends that
 * alone: a study of an hour is not lost with it.
 */
export class MirroredStore implements Store {
  readonly name: string;
  private readonly memory: MemoryStore;
  private mirror: Store | undefined;
  private readonly onProblem: (message: string) => void;

  constructor(memory: MemoryStore, mirror: Store, onProblem: (message: string) => void) {
    this.name = mirror.name;
    this.memory = memory;
    this.mirror = mirror;
    this.onProblem = onProblem;
  }

  ready(): Promise<void> {
    return this.also(mirror => mirror.ready());
  }

  read(name: string): Promise<Uint8Array | undefined> {
    return this.memory.read(name);
  }

  async write(files: readonly NamedFile[]): Promise<void> {
    await this.memory.write(files);
    await this.also(mirror => mirror.write(files));
  }

  async writeInParts(
    name: string,
    produce: (write: Write) => Promise<readonly NamedFile[]>,
  ): Promise<void> {
    let others: readonly NamedFile[] = [];
    await this.memory.writeInParts(name, async write => (others = await produce(write)));
    const contents = await this.memory.read(name);
    await this.also(mirror => mirror.write([[name, contents!], ...others]));
  }

  async remove(names: readonly string[]): Promise<void> {
    await this.memory.remove(names);
    await this.also(mirror => mirror.remove(names));
  }

  async append(name: string, text: string): Promise<void> {
    await this.memory.append(name, text);
    await this.also(mirror => mirror.append(name, text));
  }

  private async also(work: (mirror: Store) => Promise<void>): Promise<void> {
    try {
      if (this.mirror) await work(this.mirror);
    } catch (error) {
      this.mirror = undefined;
      this.onProblem((error as Error).message);
    }
  }
}
