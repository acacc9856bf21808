import type { BlobStore } from './blob-store.js';
import { FolderBlobs } from './folder-blobs.js';
import { S3Blobs } from './s3-blobs.js';

/** The store of a folder, or of s3://BUCKET/PREFIX. @throws where it is neither */
export function openBlobs(where: string): BlobStore {
  const [, scheme] = /^([a-z][a-z0-9+.-]*):\/\//i.exec(where) ?? [];
  if (scheme === 's3') return new S3Blobs(where);
  if (scheme === undefined) return new FolderBlobs(where);
  throw new Error(`store ${where}: unknown '${scheme}://'; give a folder, or s3://BUCKET/PREFIX`);
}
