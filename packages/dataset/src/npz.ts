import { Inflate, inflateSync, zipSync } from 'fflate';
import { crc32 } from './crc32.js';
import type { NdArray } from './nd-array.js';
import { decodeNpy, encodeNpy } from './npy.js';
import { decodeNpyHeader, longestPreamble } from './npy-header.js';
import { zipEntries, type ZipEntry } from './zip-entries.js';
import { archiveTime, requireZipSize } from './zip-limits.js';

/** Bytes of arrays that a small archive may hold. */
const handy = 2 ** 27;
/** Bytes of arrays for each byte of a larger one: photographs have 1 to 2, drawings up to 20. */
const densest = 32;

/** Compressed bytes that are certain to hold a whole .npy header: deflate codes have up to 15 bits. */
const enoughForHeader = 2 * longestPreamble;

/**
 * The named arrays of a .npz archive, as numpy's savez and savez_compressed write it, in its order.
 * @param limit how many bytes all arrays together may take, against archives made to fill the memory
 * @throws if the archive or an array in it is damaged, encrypted, named twice, or over the limit, or by far
 *   larger than their archive; messages start with `file` and the entry.
 */
export function decodeNpz(
  bytes: Uint8Array,
  file = 'npz',
  { limit = 2 ** 31 }: { limit?: number } = {},
): Map<string, NdArray> {
  const entries = zipEntries(bytes, file);
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > limit)
    throw new Error(
      `${file}: its arrays take ${total} bytes, over the limit of ${limit}; raise it`,
    );
  if (total > Math.max(handy, densest * bytes.length))
    throw new Error(
      `${file}: its arrays take ${total} bytes, the archive ${bytes.length}; save it without compression, as numpy.savez does`,
    );
  const arrays = new Map<string, NdArray>();
  for (const entry of entries) {
    const where = `${file}[${entry.name}]`;
    const name = arrayName(entry.name, where);
    if (arrays.has(name)) throw new Error(`${where}: the archive has two arrays of this name`);
    arrays.set(name, decodeNpy(contents(entry, where), where));
  }
  return arrays;
}

/**
 * A .npz archive of the named arrays, which numpy.load reads; the same arrays give the same bytes.
 * @throws if an array does not fit its own shape, or all of them make over 4 GiB.
 */
export function encodeNpz(
  arrays: Readonly<Record<string, NdArray>>,
  { compress = false }: { compress?: boolean } = {},
): Uint8Array {
  const files = Object.entries(arrays).map(
    ([name, array]) => [`${name}.npy`, encodeNpy(array)] as const,
  );
  requireZipSize(
    files.map(([name]) => name),
    files.reduce((sum, [, { length }]) => sum + length, 0),
  );
  return zipSync(Object.fromEntries(files), { level: compress ? 6 : 0, mtime: archiveTime });
}

function arrayName(entryName: string, where: string): string {
  if (entryName.endsWith('.npy')) return entryName.slice(0, -'.npy'.length);
  throw new Error(`${where}: not a .npy file; a .npz archive may hold no others`);
}

function contents(entry: ZipEntry, where: string): Uint8Array {
  const bytes = decompressed(entry, where);
  if (bytes.length === entry.size && crc32(bytes) === entry.crc) return bytes;
  throw new Error(`${where}: contents do not match their checksum; copy the file again`);
}

function decompressed(entry: ZipEntry, where: string): Uint8Array {
  const { method, compressed, size } = entry;
  if (method === 0) return compressed;
  if (method !== 8)
    throw new Error(
      `${where}: compression method ${method} is unknown; save with savez_compressed`,
    );
  const { offset, byteLength } = decodeNpyHeader(
    unpack(() => beginning(compressed), where),
    where,
  );
  // checked before the memory is taken
  if (offset + byteLength !== size)
    throw new Error(
      `${where}: the zip declares ${size} bytes, the array's header ${offset + byteLength};` +
        ' save the archive again',
    );
  return unpack(() => inflateSync(compressed, { out: new Uint8Array(size) }), where);
}

/** The first decompressed bytes, at least a whole .npy header if there is one. */
function beginning(compressed: Uint8Array): Uint8Array {
  const chunks: number[] = [];
  const inflate = new Inflate(chunk => chunks.push(...chunk.subarray(0, longestPreamble)));
  inflate.push(compressed.subarray(0, enoughForHeader));
  return Uint8Array.from(chunks);
}

function unpack(inflate: () => Uint8Array, where: string): Uint8Array {
  try {
    return inflate();
  } catch (cause) {
    throw new Error(`${where}: cannot be decompressed (${String(cause)}); copy the file again`, {
      cause,
    });
  }
}
