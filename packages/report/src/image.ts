/** Red, green and blue, each 0 to 255. */
export type Colour = readonly [number, number, number];

/** A picture: rows from the top, pixels from the left, three bytes (red, green, blue) each. */
export interface RasterImage {
  width: number;
  height: number;
  data: Uint8Array;
}

export const white: Colour = [255, 255, 255];

/** An image of one colour. */
export function blank(width: number, height: number, colour: Colour = white): RasterImage {
  const data = new Uint8Array(3 * width * height);
  data.set(colour.slice(0, data.length));
  repeatFrom(data, 3);
  return { width, height, data };
}

/** Fills the array with its first `period` bytes again and again, doubling what is there. */
function repeatFrom(data: Uint8Array, period: number): void {
  for (let done = period; done < data.length; done *= 2) data.copyWithin(done, 0, done);
}

/** The image with every pixel a square of `factor` × `factor` (a whole number): nothing is blurred. */
export function enlarge({ width, height, data }: RasterImage, factor: number): RasterImage {
  const stride = 3 * width * factor;
  const enlarged = new Uint8Array(stride * height * factor);
  for (let y = 0; y < height; y++) {
    const rows = enlarged.subarray(y * factor * stride, (y + 1) * factor * stride);
    enlargeRow(data, 3 * y * width, factor, rows.subarray(0, stride));
    repeatFrom(rows, stride);
  }
  return { width: width * factor, height: height * factor, data: enlarged };
}

function enlargeRow(data: Uint8Array, from: number, factor: number, row: Uint8Array): void {
  for (let x = 0, at = 0; at < row.length; x += 3)
    for (let i = 0; i < factor; i++, at += 3)
      for (let channel = 0; channel < 3; channel++) row[at + channel] = data[from + x + channel];
}

/** Images from left to right, their tops level, `gap` white pixels between. */
export function beside(images: readonly RasterImage[], gap = 0): RasterImage {
  const width = sum(images.map(image => image.width + gap)) - gap;
  const row = blank(Math.max(0, width), Math.max(0, ...images.map(image => image.height)));
  let x = 0;
  for (const image of images) {
    blit(row, image, x, 0);
    x += image.width + gap;
  }
  return row;
}

/** Copies `source` into `target`, which must be large enough, with its top left corner at (x, y). */
export function blit(target: RasterImage, source: RasterImage, x: number, y: number): void {
  for (let row = 0; row < source.height; row++) {
    const from = 3 * row * source.width;
    const line = source.data.subarray(from, from + 3 * source.width);
    target.data.set(line, 3 * ((y + row) * target.width + x));
  }
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
