import type { Image } from './image.js';
import { decodeJpeg } from './jpeg.js';
import { isJpeg } from './jpeg-header.js';
import { decodePng } from './png.js';
import { isPng } from './png-chunks.js';

/**
 * The picture in a PNG or JPEG file as bytes, [1, H, W] if it is grey, [3, H, W] otherwise: the values
 * that PIL's `convert('L')` or `convert('RGB')` gives, but for small differences in JPEG. Opacity is
 * dropped; how the camera was held (Exif) is ignored.
 * @param mostPixels the largest width × height that is decoded, against files made to fill the memory
 * @throws if the file is of another kind, damaged or too large; messages start with `file`
 */
export function decodeImage(
  bytes: Uint8Array,
  file = 'image',
  { mostPixels = 2 ** 25 }: { mostPixels?: number } = {},
): Image {
  if (isPng(bytes)) return decodePng(bytes, file, mostPixels);
  if (isJpeg(bytes)) return decodeJpeg(bytes, file, mostPixels);
  const start = [...bytes.subarray(0, 4)].map(byte => byte.toString(16).padStart(2, '0')).join(' ');
  throw new Error(
    `${file}: neither a PNG nor a JPEG, it starts with ${start || 'no bytes'}; convert it to PNG`,
  );
}
