import type { NamedFile, Store, Write } from './store.js';

/** The part of a browser's `FileSystemDirectoryHandle` that is used. */
export interface OriginFolder {
  getFileHandle(name: string, options?: { readonly create?: boolean }): Promise<OriginFile>;
  removeEntry(name: string): Promise<void>;
}

/** The part of a `FileSystemFileHandle` that is used. */
interface OriginFile {
  getFile(): Promise<{ readonly size: number; arrayBuffer(): Promise<ArrayBuffer> }>;
  createWritable(options?: { readonly keepExistingData?: boolean }): Promise<OriginWriter>;
  /** Renames it; a file of the name is replaced. */
  move(name: string): Promise<void>;
}

interface OriginWriter {
  write(data: Uint8Array | string): Promise<void>;
  seek(position: number): Promise<void>;
  close(): Promise<void>;
  abort(): Promise<void>;
}

/** A folder of the browser's own files (the Origin Private File System) as a store: it survives the page, and no other site sees it. */
export class OriginStore implements Store {
  readonly name: string;
  private readonly folder: OriginFolder;

  constructor(name: string, folder: OriginFolder) {
    this.name = name;
    this.folder = folder;
  }

  /** @throws where the browser keeps no files for pages, as in private windows of some */
  ready(): Promise<void> {
    return this.about('ready', async () => {
      await this.staged('ready', async () => {});
      await this.removeAny('ready.partial');
    });
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    return this.about(name, async () => {
      const file = await this.folder.getFileHandle(name).catch(unlessMissing);
      return file && new Uint8Array(await (await file.getFile()).arrayBuffer());
    });
  }

  write(files: readonly NamedFile[]): Promise<void> {
    return this.together(async stage => {
      for (const [name, contents] of files) await stage(name, writer => writer.write(contents));
    });
  }

  writeInParts(
    name: string,
    produce: (write: Write) => Promise<readonly NamedFile[]>,
  ): Promise<void> {
    return this.together(async stage => {
      let others: readonly NamedFile[] = [];
      await stage(name, async writer => {
        others = await produce(bytes => writer.write(bytes));
      });
      for (const [other, contents] of others) await stage(other, writer => writer.write(contents));
    });
  }

  async remove(names: readonly string[]): Promise<void> {
    for (const name of names) await this.about(name, () => this.removeAny(name));
  }

  append(name: string, text: string): Promise<void> {
    return this.about(name, async () => {
      const file = await this.folder.getFileHandle(name, { create: true });
      const { size } = await file.getFile();
      await written(await file.createWritable({ keepExistingData: true }), async writer => {
        await writer.seek(size);
        await writer.write(text);
      });
    });
  }

  /** Writes files beside those that are there, and gives them their names once all are complete. */
  private async together(
    produce: (stage: (name: string, fill: Fill) => Promise<void>) => Promise<void>,
  ): Promise<void> {
    const names: string[] = [];
    try {
      await produce((name, fill) => {
        names.push(name);
        return this.about(name, () => this.staged(name, fill));
      });
    } catch (error) {
      for (const name of names) await this.removeAny(partialOf(name));
      throw error;
    }
    for (const name of names)
      await this.about(name, async () => {
        const file = await this.folder.getFileHandle(partialOf(name));
        await file.move(name);
      });
  }

  private async staged(name: string, fill: Fill): Promise<void> {
    const file = await this.folder.getFileHandle(partialOf(name), { create: true });
    await written(await file.createWritable(), fill);
  }

  private async removeAny(name: string): Promise<void> {
    await this.folder.removeEntry(name).catch(unlessMissing);
  }

  /** Does something with a file; what goes wrong names it. */
  private async about<T>(file: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const { name, message } = error as Error;
      if (!(error instanceof DOMException) && !(error instanceof TypeError)) throw error;
      const problem =
        name === 'QuotaExceededError'
          ? "the browser's storage for this page is full; delete earlier results"
          : message;
      throw new Error(`${this.name}/${file}: ${problem}`, { cause: error });
    }
  }
}

type Fill = (writer: OriginWriter) => Promise<void>;

const partialOf = (name: string): string => `${name}.partial`;

/** Nothing appears in the file unless all was written. */
async function written(writer: OriginWriter, fill: Fill): Promise<void> {
  try {
    await fill(writer);
  } catch (error) {
    await writer.abort().catch(() => {}); // it may have failed already
    throw error;
  }
  await writer.close();
}

function unlessMissing(error: Error): undefined {
  if (error.name !== 'NotFoundError') throw error;
}
