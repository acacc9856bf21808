import { gunzip, isGzip } from './gunzip.js';
import type { NdArray } from './nd-array.js';

const unsignedByte = 8;

/**
 * The array of unsigned bytes in an IDX file, plain or packed with gzip, as MNIST is distributed:
 * two zeros, the element type, the number of axes, big-endian sizes, values in C order.
 * (http://yann.lecun.com/exdb/mnist)
 * @param limit how many bytes a packed file may unpack to, against files made to fill the memory
 * @throws if the bytes are not such a file or do not fit their own header; messages start with `file`
 */
export function decodeIdx(
  bytes: Uint8Array,
  file = 'idx',
  { limit = 2 ** 31 }: { limit?: number } = {},
): NdArray<'uint8'> {
  const contents = isGzip(bytes) ? gunzip(bytes, file, limit) : bytes;
  const axes = axesOf(contents, file);
  const start = 4 + 4 * axes;
  const sizes = new DataView(contents.buffer, contents.byteOffset + 4, 4 * axes);
  const shape = Array.from({ length: axes }, (_, axis) => sizes.getUint32(4 * axis));
  const [expected, found] = [shape.reduce((a, b) => a * b, 1), contents.length - start];
  if (found !== expected)
    throw new Error(
      `${file}: shape (${shape.join(', ')}) takes ${expected} bytes, but ${found} follow the header;` +
        ' copy the file again',
    );
  return { dtype: 'uint8', shape, data: contents.subarray(start) };
}

function axesOf(bytes: Uint8Array, file: string): number {
  const [zero, zero2, type, axes] = bytes;
  if (bytes.length < 4 || zero !== 0 || zero2 !== 0 || axes === 0)
    throw new Error(
      `${file}: not an IDX file: expected it to start with 00 00 08 and the number of axes,` +
        ` got ${[...bytes.subarray(0, 4)].map(byte => byte.toString(16).padStart(2, '0')).join(' ') || 'no bytes'}`,
    );
  if (type !== unsignedByte)
    throw new Error(
      `${file}: elements of type 0x${type.toString(16)}; only unsigned bytes (0x8) are read, save it as .npy`,
    );
  if (bytes.length < 4 + 4 * axes)
    throw new Error(`${file}: ends inside its header, after ${bytes.length} bytes; copy it again`);
  return axes;
}
