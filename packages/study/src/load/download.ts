import type { Watched } from '@nads/runtime';
import type { Address } from './address.js';

/** How a file is got. */
export interface Downloading extends Watched {
  /** In place of the network's. */
  readonly fetch?: typeof globalThis.fetch;
  /** Bytes that it may have: 2 GiB if not given, which no ONNX file exceeds. */
  readonly most?: number;
}

/** The bytes of a file on the web. @throws where it cannot be had, or is larger than it may be */
export async function download(
  { name, url }: Pick<Address, 'name' | 'url'>,
  { fetch = globalThis.fetch, most = 2 ** 31, signal, onProgress }: Downloading = {},
): Promise<Uint8Array> {
  const response = await reached(fetch, name, url);
  if (!response.ok) throw new Error(`${name}: the server responded with ${response.status}`);
  const total = Number(response.headers.get('content-length') ?? 0) || undefined;
  requireSize(name, total ?? 0, most);
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = response.body!.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    signal?.throwIfAborted();
    parts.push(part.value);
    size += part.value.length;
    if (size > most) await reader.cancel();
    requireSize(name, size, most);
    onProgress?.({ unit: `${name}, bytes`, done: size, total });
  }
  return joined(parts, size);
}

async function reached(
  fetch: typeof globalThis.fetch,
  name: string,
  url: string,
): Promise<Response> {
  try {
    return await fetch(url);
  } catch (error) {
    throw new Error(
      `${name}: cannot be downloaded (${(error as Error).message}); check the internet connection, or get ${url} elsewhere`,
      { cause: error },
    );
  }
}

function requireSize(name: string, size: number, most: number): void {
  if (size > most) throw new Error(`${name}: has more than the ${most} bytes that it may have`);
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let begin = 0;
  for (const part of parts) {
    bytes.set(part, begin);
    begin += part.length;
  }
  return bytes;
}
