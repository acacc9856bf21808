import jpeg from 'jpeg-js';
import { joined } from '@nads/linalg';
import type { Image } from './image.js';
import { damaged, readJpegHeader, type JpegHeader } from './jpeg-header.js';
import { planes } from './planes.js';
import { smoothChroma } from './smooth-chroma.js';

/** A block of 8×8 takes at least one bit, so a byte holds at most so many pixels. */
const mostPixelsPerByte = 512;
/** Progressive files of cameras and the web have some ten; each goes over the whole picture. */
const mostScans = 100;
const frames = [0xc0, 0xc1, 0xc2];
/** What jpeg-js takes for a pixel of three channels that are not subsampled, and for the picture. */
const bytesPerPixel = 32;

/**
 * The picture in a JPEG file, baseline or progressive: [1, H, W] if it is grey, [3, H, W] otherwise.
 * How the camera was held (Exif) and colour profiles are ignored, as PIL does. Bytes differ by at most
 * a few from those of libjpeg, which PIL uses.
 * @param mostPixels the largest width × height that is decoded
 * @throws if the file is damaged, too large, or in CMYK; messages start with `file`
 */
export function decodeJpeg(bytes: Uint8Array, file: string, mostPixels: number): Image {
  const header = readJpegHeader(bytes, file);
  requireReadable(header, file);
  requireSize(header, bytes.length, mostPixels, file);
  requireFewScans(bytes, header, file);
  const { width, height, components } = header;
  // jpeg-js writes three samples for a grey pixel too
  const stored = planes(decodeSamples(bytes, header, file, mostPixels), header, 3).data;
  const [luma, blue, red] = [0, 1, 2].map(c =>
    stored.subarray(c * width * height, (c + 1) * width * height),
  );
  if (components.length === 1) return { dims: [1, height, width], data: luma };
  const [cb, cr] = [smooth(blue, 1, header), smooth(red, 2, header)];
  return {
    dims: [3, height, width],
    data: isRgb(header) ? joined(Uint8Array, [luma, cb, cr]) : colours(luma, cb, cr),
  };
}

function requireReadable({ frame, precision, components }: JpegHeader, file: string): void {
  const problem =
    (!frames.includes(frame) && 'lossless, hierarchical or arithmetic coding') ||
    (precision !== 8 && `${precision} bits a sample`) ||
    (![1, 3].includes(components.length) && `${components.length} channels (CMYK)`);
  if (problem)
    throw new Error(
      `${file}: a JPEG with ${problem} is not read; save it as grey or RGB, baseline`,
    );
}

function requireSize(
  { width, height }: JpegHeader,
  fileSize: number,
  mostPixels: number,
  file: string,
): void {
  const pixels = width * height;
  if (pixels === 0 || pixels > mostPixelsPerByte * fileSize)
    throw damaged(file, `a file of ${fileSize} bytes cannot hold ${width}×${height} pixels`);
  if (pixels > mostPixels)
    throw new Error(
      `${file}: ${width}×${height} pixels are over the limit of ${mostPixels}; make it smaller`,
    );
}

function requireFewScans(bytes: Uint8Array, { scansFrom }: JpegHeader, file: string): void {
  let scans = 0;
  for (let at = bytes.indexOf(0xff, scansFrom); at >= 0; at = bytes.indexOf(0xff, at + 1))
    if (bytes[at + 1] === 0xda) scans++;
  if (scans > mostScans)
    throw new Error(
      `${file}: a JPEG of ${scans} scans is not read, at most of ${mostScans}; save it again, baseline`,
    );
}

/** Three samples a pixel as they are stored, colours not converted. */
function decodeSamples(
  bytes: Uint8Array,
  { adobeAt }: JpegHeader,
  file: string,
  mostPixels: number,
): Uint8Array {
  const plain = new Uint8Array(bytes);
  // Adobe's segment would overrule colorTransform; as another application's it is ignored
  if (adobeAt !== undefined) plain[adobeAt] = 0xed;
  try {
    return jpeg.decode(plain, {
      useTArray: true,
      formatAsRGBA: false,
      colorTransform: false,
      maxResolutionInMP: mostPixels / 1e6,
      maxMemoryUsageInMB: Math.ceil((mostPixels * bytesPerPixel) / 2 ** 20),
    }).data;
  } catch (cause) {
    throw damaged(file, cause instanceof Error ? cause.message : String(cause));
  }
}

/** Three channels are YCbCr unless Adobe's segment or the names of the channels say otherwise, as in libjpeg. */
const isRgb = ({ transform, components }: JpegHeader): boolean =>
  transform === undefined
    ? String.fromCharCode(...components.map(({ id }) => id)) === 'RGB'
    : transform === 0;

/** A channel [height, width], interpolated where it is stored for fewer pixels. */
function smooth(plane: Uint8Array, channel: number, header: JpegHeader): Uint8Array {
  const finest = (of: 'across' | 'down'): number =>
    Math.max(...header.components.map(each => each[of]));
  const { across, down } = header.components[channel];
  return smoothChroma(plane, header, {
    across: finest('across') / across,
    down: finest('down') / down,
  });
}

/** Planes of red, green and blue. (JFIF 1.02; jpeg-js itself rounds all colours down) */
function colours(luma: Uint8Array, blue: Uint8Array, red: Uint8Array): Uint8Array {
  const pixels = luma.length;
  const data = new Uint8ClampedArray(3 * pixels);
  for (let i = 0; i < pixels; i++) {
    const [y, cb, cr] = [luma[i], blue[i] - 128, red[i] - 128];
    data[i] = y + 1.402 * cr;
    data[pixels + i] = y - 0.344136286 * cb - 0.714136286 * cr;
    data[2 * pixels + i] = y + 1.772 * cb;
  }
  return new Uint8Array(data.buffer);
}
