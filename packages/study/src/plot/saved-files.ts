import { parseRunRecord, recordFile, type RunRecord } from '../run-record.js';
import { SavedArrays } from '../saved-arrays.js';
import { textOf, type Store } from '../store.js';

/** The files of a result that was saved before. */
export class SavedFiles {
  readonly store: Store;

  constructor(store: Store) {
    this.store = store;
  }

  /** A file as messages name it. */
  path(name: string): string {
    return `${this.store.name}/${name}`;
  }

  async has(name: string): Promise<boolean> {
    return (await this.store.read(name)) !== undefined;
  }

  /** @throws where it is not there */
  async bytes(name: string): Promise<Uint8Array> {
    const found = await this.store.read(name);
    if (!found)
      throw new Error(
        `${this.path(name)}: not there, but other files of the result are; compute it again`,
      );
    return found;
  }

  async text(name: string): Promise<string> {
    return textOf(await this.bytes(name));
  }

  /** What the files are results of; undefined where that was not written down. @throws where it is damaged */
  async record(): Promise<RunRecord | undefined> {
    return (await this.has(recordFile))
      ? parseRunRecord(this.path(recordFile), await this.text(recordFile))
      : undefined;
  }

  async arrays(name: string): Promise<SavedArrays> {
    return SavedArrays.decode(await this.bytes(name), this.path(name));
  }
}
