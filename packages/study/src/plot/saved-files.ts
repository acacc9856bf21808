import { decodeNpz, type NdArray } from '@nads/dataset';
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

  async arrays(name: string): Promise<Map<string, NdArray>> {
    return decodeNpz(await this.bytes(name), this.path(name));
  }
}

/** The numbers of an array. @throws where there is none of this name; messages start with `file` */
export function numbersOf(
  arrays: ReadonlyMap<string, NdArray>,
  name: string,
  file: string,
): Float64Array {
  const found = arrays.get(name);
  if (!found) throw new Error(`${file}: no array '${name}' in it`);
  return Float64Array.from(found.data as ArrayLike<number>, Number);
}
