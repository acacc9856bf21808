import { joined } from '@nads/linalg';
import { crc32 } from './crc32.js';

/** What a PNG file says of its picture before the pixels. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits of a sample. */
  readonly depth: number;
  /** 0 grey, 2 colour, 3 palette, 4 grey and opacity, 6 colour and opacity. */
  readonly colour: number;
  readonly interlaced: boolean;
}

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
  /** With its length, type and checksum. */
  readonly whole: Uint8Array;
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** What the pixels need; colour profiles and texts are left out, some of them are packed bombs. */
const needed = ['IHDR', 'PLTE', 'IDAT', 'IEND'];
const depths: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

/** Whether the bytes start as a PNG file does. */
export const isPng = (bytes: Uint8Array): boolean =>
  signature.every((byte, i) => bytes[i] === byte);

/**
 * The header of a PNG file, its packed pixels, and the same file without what the pixels do not need.
 * (PNG specification, third edition, §5 and §11)
 * @throws if a chunk is damaged or missing; messages start with `file`
 */
export function readPng(
  bytes: Uint8Array,
  file: string,
): { header: PngHeader; packed: readonly Uint8Array[]; bare: Uint8Array } {
  const chunks = [...chunksOf(bytes, file)].filter(({ type }) => needed.includes(type));
  const header = headerOf(chunks[0], file);
  const packed = chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data);
  if (packed.length === 0) throw damaged(file, 'it holds no pixels (no chunk IDAT)');
  const bare = joined(Uint8Array, [bytes.subarray(0, 8), ...chunks.map(({ whole }) => whole)]);
  return { header, packed, bare };
}

export const damaged = (file: string, why: string): Error =>
  new Error(`${file}: the PNG is damaged: ${why}; copy it again`);

function* chunksOf(bytes: Uint8Array, file: string): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let type = '';
  for (let at = 8; type !== 'IEND';) {
    const length = at + 12 <= bytes.length ? view.getUint32(at) : Infinity;
    const end = at + 12 + length;
    if (end > bytes.length)
      throw damaged(file, `it ends inside a chunk, after ${bytes.length} bytes`);
    type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (crc32(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4))
      throw damaged(file, `chunk ${JSON.stringify(type)} does not match its checksum`);
    yield { type, data: bytes.subarray(at + 8, end - 4), whole: bytes.subarray(at, end) };
    at = end;
  }
}

function headerOf({ type, data }: Chunk, file: string): PngHeader {
  if (type !== 'IHDR' || data.length !== 13) throw damaged(file, 'it does not start with a header');
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, colour, compression, filter, interlace] = data.subarray(8);
  if (!depths[colour]?.includes(depth) || compression !== 0 || filter !== 0 || interlace > 1)
    throw damaged(
      file,
      `its header declares depth ${depth}, colour ${colour}, compression ${compression}, filter ${filter}, interlace ${interlace}`,
    );
  return { width, height, depth, colour, interlaced: interlace === 1 };
}
