import { gunzipSync } from 'fflate';
import { crc32 } from './crc32.js';

/** deflate packs at most 258 bytes into 2 bits. */
export const mostInflation = 1032;

/** Whether the bytes start as a gzip file does. */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/**
 * The contents of a gzip file of one member. (RFC 1952)
 * @param limit how many bytes the contents may take, against files made to fill the memory
 * @throws if the file is damaged or its contents are over the limit; messages start with `file`
 */
export function gunzip(bytes: Uint8Array, file: string, limit: number): Uint8Array {
  const trailer = new DataView(bytes.buffer, bytes.byteOffset + Math.max(0, bytes.length - 8));
  if (bytes.length < 18) throw damaged(file, 'it is too short');
  const [crc, size] = [trailer.getUint32(0, true), trailer.getUint32(4, true)];
  if (size > limit)
    throw new Error(`${file}: unpacks to ${size} bytes, over the limit of ${limit}`);
  if (size > mostInflation * bytes.length)
    throw damaged(file, `${bytes.length} bytes cannot unpack to ${size}`);
  const contents = unpacked(bytes, file, size);
  if (contents.length !== size || crc32(contents) !== crc)
    throw damaged(file, 'the contents do not match their checksum');
  return contents;
}

function unpacked(bytes: Uint8Array, file: string, size: number): Uint8Array {
  try {
    return gunzipSync(bytes, { out: new Uint8Array(size) });
  } catch (cause) {
    throw damaged(file, cause instanceof Error ? cause.message : String(cause));
  }
}

const damaged = (file: string, why: string): Error =>
  new Error(`${file}: cannot be unpacked (${why}); copy the file again`);
