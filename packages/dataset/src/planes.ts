import type { Image } from './image.js';

/**
 * The picture of interleaved samples: grey of 1 or 2 a pixel, colour of 3 or 4; an even one is the
 * opacity and dropped.
 */
export function planes(
  samples: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
  perPixel: number,
): { readonly dims: Image['dims']; readonly data: Uint8Array } {
  const channels = perPixel < 3 ? 1 : 3;
  const plane = width * height;
  const data = new Uint8Array(channels * plane);
  for (let c = 0; c < channels; c++)
    for (let i = 0; i < plane; i++) data[c * plane + i] = samples[i * perPixel + c];
  return { dims: [channels, height, width], data };
}
