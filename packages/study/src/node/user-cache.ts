import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import type { FileCache } from '../load/file-cache.js';
import { isThere } from './is-there.js';
import { requireFolder, writeTogether } from './write-file.js';

/**
 * A folder of the user's: NADS_CACHE, else `nads` where the system keeps caches. A file is called by the digest of its address and its name there, with its SHA-256 beside it.
 */
export function userCache(folder = cacheFolder()): FileCache {
  const fileOf = (url: string): string => {
    const key = createHash('sha256').update(url).digest('hex').slice(0, 16);
    return join(folder, `${key}-${basename(new URL(url).pathname).replaceAll(/[^\w.-]/g, '_')}`);
  };
  return {
    async get(url) {
      const file = fileOf(url);
      if (!isThere(file) || !isThere(`${file}.sha256`)) return undefined;
      const sha256 = readFileSync(`${file}.sha256`, 'utf8').trim();
      return { bytes: new Uint8Array(readFileSync(file)), sha256 };
    },
    async put(url, { bytes, sha256 }) {
      const file = fileOf(url);
      requireFolder(folder);
      writeTogether([
        [file, bytes],
        [`${file}.sha256`, `${sha256}\n`],
      ]);
    },
  };
}

/** Where the system keeps what programs can get again. */
export function cacheFolder(
  variables: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (variables.NADS_CACHE) return variables.NADS_CACHE;
  if (platform === 'darwin') return join(homedir(), 'Library/Caches/nads');
  if (platform === 'win32' && variables.LOCALAPPDATA) return join(variables.LOCALAPPDATA, 'nads');
  return join(variables.XDG_CACHE_HOME || join(homedir(), '.cache'), 'nads');
}
