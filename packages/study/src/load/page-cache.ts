import type { FileCache } from './file-cache.js';

/** The part of a page's Cache API that is used. */
export interface PageCaches {
  open(name: string): Promise<{
    match(url: string): Promise<Response | undefined>;
    put(url: string, response: Response): Promise<void>;
  }>;
}

const digestHeader = 'x-nads-sha256';

/** The Cache API of a browser, which pages of one origin share. @param caches the page's own if not given */
export function pageCache(
  caches: PageCaches = (globalThis as unknown as { caches: PageCaches }).caches,
): FileCache {
  const opened = caches.open('nads');
  return {
    async get(url) {
      const kept = await (await opened).match(url);
      const sha256 = kept?.headers.get(digestHeader);
      if (!kept || !sha256) return undefined;
      return { bytes: new Uint8Array(await kept.arrayBuffer()), sha256 };
    },
    async put(url, { bytes, sha256 }) {
      await (
        await opened
      ).put(
        url,
        new Response(bytes as Uint8Array<ArrayBuffer>, { headers: { [digestHeader]: sha256 } }),
      );
    },
  };
}
