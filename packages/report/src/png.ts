import { encode } from 'fast-png';

/**
 * The PNG file of a picture of 8 bits per channel; the same picture gives the same bytes.
 * @param data rows from the top with 1 (grey), 3 (red, green, blue) or 4 (and opacity) bytes per pixel
 * @throws if the data are not so many bytes
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
  if (![1, 3, 4].includes(channels))
    throw new Error(
      `png: ${width}×${height} pixels take ${width * height} bytes times 1, 3 or 4, got ${data.length}`,
    );
  return encode({ width, height, data, channels, depth: 8 }, { zlib: { level: 6 } });
}
