import { digest } from '../source-model.js';
import { addressOf, type Address, type KnownFile } from './address.js';
import { download, type Downloading } from './download.js';
import type { FileCache } from './file-cache.js';

/** Where files come from, and what they have to be. */
export interface LoadOptions extends Downloading {
  /** SHA-256 in hexadecimal that the file must have; that of its list if it is listed with one. */
  readonly sha256?: string;
  /** Files that have names, as those of models/manifest.json. */
  readonly known?: readonly KnownFile[];
  /** Where files are kept: nowhere if not given. */
  readonly cache?: FileCache;
}

/** A file that was loaded. */
export interface LoadedFile {
  /** As it was asked for. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  /** Where it is from, where it is from the web. */
  readonly url?: string;
  /** Whether its SHA-256 was known before, so that it is the file that was meant. */
  readonly verified: boolean;
}

/**
 * A file by its address, `hf:OWNER/REPO/PATH`, or the name of a known one; bytes are taken as they are. What is kept in the cache is checked each time: a file that was
 * damaged there, or is not the one that is asked for, is got again. A file without a known SHA-256 is the one that was got first.
 * @throws where it cannot be had, is too large, or does not have the SHA-256 that it must have
 */
export async function load(
  what: string | Uint8Array,
  options: LoadOptions = {},
): Promise<LoadedFile> {
  if (typeof what !== 'string') return checked('bytes', what, options.sha256);
  const address = addressOf(what, options.known);
  const sha256 = options.sha256 ?? address.sha256;
  const kept = await keptFile(address, sha256, options.cache);
  if (kept) return { ...checked(what, kept, sha256), url: address.url };
  const bytes = await download(address, options);
  const loaded = checked(what, bytes, sha256);
  await options.cache?.put(address.url, { bytes, sha256: loaded.sha256 });
  return { ...loaded, url: address.url };
}

/** What the cache has, if it is undamaged and the file that is meant. */
async function keptFile(
  { url }: Address,
  expected: string | undefined,
  cache?: FileCache,
): Promise<Uint8Array | undefined> {
  const kept = await cache?.get(url);
  if (!kept) return undefined;
  const found = digest(kept.bytes);
  return found === kept.sha256 && found === (expected ?? found) ? kept.bytes : undefined;
}

function checked(name: string, bytes: Uint8Array, expected?: string): LoadedFile {
  const sha256 = digest(bytes);
  if (expected !== undefined && sha256 !== expected.toLowerCase())
    throw new Error(`${name}: sha256 ${sha256}, expected ${expected}; download it again`);
  return { name, bytes, sha256, verified: expected !== undefined };
}
