import { strToU8, zlibSync } from 'fflate';
import { crc32 } from './crc32.js';

/** Colour types of the format: grey; red, green and blue; these and opacity. */
const colourTypes: Readonly<Record<number, number>> = { 1: 0, 3: 2, 4: 6 };
const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/**
 * The PNG file of a picture of 8 bits per channel; the same picture gives the same bytes
 * (PNG specification, third edition, §5, §9 and §11).
 * @param data rows from the top with 1 (grey), 3 (red, green, blue) or 4 (and opacity) bytes per pixel
 * @throws if the data are not so many bytes, or there are none
 */
export function encodePng({
  width,
  height,
  data,
}: {
  width: number;
  height: number;
  data: Uint8Array;
}): Uint8Array {
  const channels = data.length / (width * height);
  const colourType = colourTypes[channels];
  if (colourType === undefined)
    throw new Error(
      `png: ${width}×${height} pixels take ${width * height} bytes times 1, 3 or 4, got ${data.length}`,
    );
  return joined([
    signature,
    chunk('IHDR', header(width, height, colourType)),
    chunk('IDAT', zlibSync(filtered(data, width * channels), { level: 6 })),
    chunk('IEND', new Uint8Array()),
  ]);
}

function header(width: number, height: number, colourType: number): Uint8Array {
  const bytes = new Uint8Array(13);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  bytes.set([8, colourType], 8);
  return bytes;
}

/** A chunk with its length, type and checksum. */
function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(strToU8(type), 4);
  bytes.set(data, 8);
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, -4)));
  return bytes;
}

const up = 2;

/** Rows as they are, or all zero after filter `up` where a row is as the one above: enlarged pixels pack best and fastest so. */
function filtered(data: Uint8Array, stride: number): Uint8Array {
  const rows = data.length / stride;
  const bytes = new Uint8Array(data.length + rows);
  for (let y = 0; y < rows; y++) {
    const at = y * (stride + 1);
    if (y > 0 && isRepeated(data, y * stride, stride)) bytes[at] = up;
    else bytes.set(data.subarray(y * stride, (y + 1) * stride), at + 1);
  }
  return bytes;
}

/** Whether a row is as the one above. */
function isRepeated(data: Uint8Array, from: number, stride: number): boolean {
  for (let at = from; at < from + stride; at++) if (data[at] !== data[at - stride]) return false;
  return true;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
