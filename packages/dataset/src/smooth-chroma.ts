/** How much finer the pixels are than the colours. */
export interface Subsampling {
  readonly across: number;
  readonly down: number;
}

/**
 * A plane of colour, stored for every second pixel and repeated for the others, interpolated: each pixel
 * takes ¾ of the nearest value and ¼ of the next one, along each axis that is subsampled. libjpeg's
 * "fancy upsampling" with its rounding (jdsample.c); other ratios than 2:1 and 2:2 stay repeated, as do
 * planes up to 2 values wide.
 * @param plane [height, width]
 */
export function smoothChroma(
  plane: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
  { across, down }: Subsampling,
): Uint8Array {
  const columns = Math.ceil(width / 2);
  if (across !== 2 || down > 2 || columns <= 2) return plane;
  const [shift, even, odd] = down === 2 ? [4, 8, 7] : [2, 1, 2];
  const out = new Uint8Array(plane.length);
  const sums = new Int32Array(columns);
  for (let y = 0; y < height; y++) {
    const near = y * width;
    const next = neighbour(y, down, height) * width;
    for (let x = 0; x < columns; x++)
      sums[x] = down === 2 ? 3 * plane[near + 2 * x] + plane[next + 2 * x] : plane[near + 2 * x];
    for (let x = 0; x < width; x++) {
      const [at, bias] = x & 1 ? [1, odd] : [-1, even];
      const beside = Math.min(columns - 1, Math.max(0, (x >> 1) + at));
      out[near + x] = (3 * sums[x >> 1] + sums[beside] + bias) >> shift;
    }
  }
  return out;
}

/** A line that holds the next row of stored values, above for even lines and below for odd ones. */
function neighbour(y: number, down: number, height: number): number {
  if (down === 1) return y;
  const beside = y + (y & 1 ? 1 : -1);
  return beside < 0 || beside >= height ? y : beside;
}
