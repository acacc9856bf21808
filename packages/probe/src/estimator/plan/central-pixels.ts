import type { ImageShape } from '@nads/basis';

/** Pixels of the middle of an image, a quarter of its height and width, in its first channels: ascending indices of [C, H, W]. */
export function centralPixels({ height, width }: ImageShape, channels: number): Uint32Array {
  const pixels: number[] = [];
  for (let channel = 0; channel < channels; channel++)
    for (const row of middle(height))
      for (const column of middle(width)) pixels.push((channel * height + row) * width + column);
  return Uint32Array.from(pixels);
}

/** About a quarter of n lines, with as many before them as behind. */
function middle(n: number): number[] {
  const quarter = Math.max(1, Math.round(n / 4));
  const count = (n - quarter) % 2 === 0 ? quarter : quarter + 1;
  return Array.from({ length: count }, (_, i) => (n - count) / 2 + i);
}
