import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StoreTrouble, type BlobStore } from './blob-store.js';

/**
 * A folder that all machines have mounted. Files appear whole under their names. They are not forced onto the disk: what a loss of power
 * leaves of them is noticed by its hash and made again.
 */
export class FolderBlobs implements BlobStore {
  readonly name: string;

  /** @param folder is made with the first blob, where there is none. */
  constructor(folder: string) {
    this.name = folder;
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(join(this.name, name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw this.trouble('reading', name, error);
    }
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    const file = join(this.name, name);
    const partial = `${file}.${randomUUID()}.partial`;
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeNew(partial, bytes);
      await rename(partial, file);
    } catch (error) {
      await rm(partial, { force: true }).catch(() => {});
      throw this.trouble('writing', name, error);
    }
  }

  private trouble(doing: string, name: string, cause: unknown): StoreTrouble {
    const { code = '', message } = cause as NodeJS.ErrnoException;
    const problem = problems[code] ?? message;
    return new StoreTrouble(this.name, `${problem} while ${doing} ${name}`, { cause });
  }
}

/** Where a shared folder is full, some file systems say so when the file is closed. */
async function writeNew(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(bytes);
  } finally {
    await handle.close();
  }
}

/** Codes of errors in words. */
const problems: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EDQUOT: 'its quota is used up',
  EIO: 'its disk fails',
  ENOSPC: 'no space is left',
  EROFS: 'it can only be read',
  ESTALE: 'its server has lost it; mount it again',
};
