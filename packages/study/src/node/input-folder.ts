import { join } from 'node:path';
import { FolderStore } from './folder-store.js';
import { noteInput } from './inputs.js';

/** A folder of results that are read: no output may replace a file that was. */
export class InputFolder extends FolderStore {
  override async read(name: string): Promise<Uint8Array | undefined> {
    const found = await super.read(name);
    if (found) noteInput(join(this.name, name), found);
    return found;
  }
}
