import type { Image } from './image.js';

/**
 * The image in grey or in colour: grey is 0.299 red + 0.587 green + 0.114 blue, for bytes with Pillow's
 * rounding (ITU-R BT.601, Pillow's Convert.c); colour from grey is three times the same.
 * @throws if it has other than 1 or 3 channels and these are not wanted
 */
export function withChannels(image: Image, channels: 1 | 3 | undefined): Image {
  const [found, height, width] = image.dims;
  if (channels === undefined || channels === found) return image;
  if (found !== 1 && found !== 3)
    throw new Error(`an image of ${found} channels cannot become one of ${channels}`);
  const data = found === 3 ? grey(image.data, height * width) : thrice(image.data);
  return { dims: [channels, height, width], data };
}

function grey(data: Image['data'], plane: number): Image['data'] {
  if (data instanceof Uint8Array)
    return Uint8Array.from(
      { length: plane },
      (_, i) =>
        (19595 * data[i] + 38470 * data[plane + i] + 7471 * data[2 * plane + i] + 0x8000) >> 16,
    );
  return Float32Array.from(
    { length: plane },
    (_, i) => 0.299 * data[i] + 0.587 * data[plane + i] + 0.114 * data[2 * plane + i],
  );
}

function thrice(data: Image['data']): Image['data'] {
  const out =
    data instanceof Uint8Array
      ? new Uint8Array(3 * data.length)
      : new Float32Array(3 * data.length);
  for (let c = 0; c < 3; c++) out.set(data, c * data.length);
  return out;
}
