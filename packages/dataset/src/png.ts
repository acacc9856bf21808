import { decode } from 'fast-png';
import { Unzlib } from 'fflate';
import { mostInflation } from './gunzip.js';
import type { Image } from './image.js';
import { planes } from './planes.js';
import { damaged, readPng, type PngHeader } from './png-chunks.js';

/** Samples of a pixel, by the colour type of the header. */
const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** Where the pixels of each interlacing pass start, and how far apart they are: x, y, dx, dy. */
const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/**
 * The picture in a PNG file: [1, H, W] if it is grey, [3, H, W] otherwise. Opacity is dropped, not
 * composed, and of 16 bits the upper 8 are taken, as PIL's `convert('RGB')` does; gamma and colour
 * profiles are ignored.
 * @param mostPixels the largest width × height that is decoded
 * @throws if the file is damaged or too large, or has less than 8 bits and is interlaced; messages
 *   start with `file`
 */
export function decodePng(bytes: Uint8Array, file: string, mostPixels: number): Image {
  const { header, packed, bare } = readPng(bytes, file);
  requireSize(header, bytes.length, mostPixels, file);
  requireUnpacked(packed, unpackedSize(header), file);
  const { data, palette } = decodeWhole(bare, file);
  const samples = bytesOf(data, header);
  if (header.colour !== 3) return planes(samples, header, channelsOf[header.colour]);
  return planes(coloursOf(samples, palette, file), header, 3);
}

function requireSize(header: PngHeader, fileSize: number, mostPixels: number, file: string): void {
  const { width, height, depth, interlaced } = header;
  const pixels = width * height;
  if (pixels === 0 || unpackedSize(header) > mostInflation * fileSize)
    throw damaged(file, `a file of ${fileSize} bytes cannot hold ${width}×${height} pixels`);
  if (pixels > mostPixels)
    throw new Error(
      `${file}: ${width}×${height} pixels are over the limit of ${mostPixels}; make it smaller`,
    );
  // fast-png takes a byte for each sample of an interlaced line
  if (interlaced && depth < 8)
    throw new Error(
      `${file}: interlaced with ${depth} bits a sample, which is not read; save it without interlacing`,
    );
}

const lineSize = (width: number, { depth, colour }: PngHeader): number =>
  1 + Math.ceil((width * channelsOf[colour] * depth) / 8);

/** Bytes of the filtered lines. */
function unpackedSize(header: PngHeader): number {
  const { width, height, interlaced } = header;
  if (!interlaced) return height * lineSize(width, header);
  return passes.reduce((sum, [x, y, dx, dy]) => {
    const [columns, lines] = [Math.ceil((width - x) / dx), Math.ceil((height - y) / dy)];
    return columns > 0 && lines > 0 ? sum + lines * lineSize(columns, header) : sum;
  }, 0);
}

/** Unpacks piece by piece and keeps nothing, so that a bomb is found before it fills the memory. */
function requireUnpacked(packed: readonly Uint8Array[], expected: number, file: string): void {
  let size = 0;
  const unzlib = new Unzlib(chunk => {
    size += chunk.length;
  });
  const piece = 2 ** 14;
  try {
    for (const part of packed)
      for (let at = 0; at < part.length && size <= expected; at += piece)
        unzlib.push(part.subarray(at, at + piece));
  } catch (cause) {
    throw damaged(file, `its pixels cannot be unpacked (${messageOf(cause)})`);
  }
  if (size !== expected)
    throw damaged(
      file,
      `its pixels unpack to ${size > expected ? 'more' : size} bytes, expected ${expected}`,
    );
}

function decodeWhole(bare: Uint8Array, file: string): ReturnType<typeof decode> {
  try {
    return decode(bare);
  } catch (cause) {
    throw damaged(file, messageOf(cause));
  }
}

const messageOf = (cause: unknown): string =>
  cause instanceof Error ? cause.message : String(cause);

/** One byte for each sample: grey is stretched to 0…255, palette indices stay as they are. */
function bytesOf(data: ArrayLike<number>, header: PngHeader): Uint8Array {
  const { width, height, depth, colour } = header;
  if (depth === 8) return data as Uint8Array;
  if (depth === 16) return Uint8Array.from(data, sample => sample >> 8);
  const line = lineSize(width, header) - 1;
  const [mask, stretch] = [2 ** depth - 1, colour === 3 ? 1 : 255 / (2 ** depth - 1)];
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const bit = (i % width) * depth;
    const byte = data[Math.floor(i / width) * line + (bit >> 3)];
    return ((byte >> (8 - depth - (bit & 7))) & mask) * stretch;
  });
}

function coloursOf(
  indices: Uint8Array,
  palette: readonly (readonly number[])[] | undefined,
  file: string,
): Uint8Array {
  const colours = new Uint8Array(3 * indices.length);
  indices.forEach((index, i) => {
    const colour = palette?.[index];
    if (!colour)
      throw damaged(file, `pixel ${i} has a colour that is not in the palette, ${index}`);
    colours.set(colour, 3 * i);
  });
  return colours;
}
