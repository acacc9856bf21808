import type { BlobStore } from './blob-store.js';
import { FolderBlobs } from './folder-blobs.js';

/** The store of a folder. */
export function openBlobs(where: string): BlobStore {
  const [, scheme] = /^([a-z][a-z0-9+.-]*):\/\//i.exec(where) ?? [];
  if (scheme !== undefined)
    throw new Error(`store ${where}: unknown '${scheme}://'; give a folder`);
  return new FolderBlobs(where);
}
