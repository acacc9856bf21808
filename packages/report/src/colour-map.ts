import { interpolateRdBu, interpolateViridis } from 'd3-scale-chromatic';
import type { Colour, RasterImage } from './image.js';

/** A colour for every number from 0 to 1; numbers beyond take the colour of the nearer end. */
export type ColourMap = (t: number) => Colour;

/** Blue at 0, near white at ½, red at 1: for values with a sign. (ColorBrewer RdBu, reversed) */
export const diverging = colourMap(t => interpolateRdBu(1 - t));

/** Dark violet at 0 over green to yellow at 1: for energies. (viridis) */
export const sequential = colourMap(interpolateViridis);

/**
 * Values with a sign in `diverging` colours, from −max |v| to max |v|; zeros alone are near white.
 * @param values height × width, rows from the top
 * @throws if they are another number, or not all finite
 */
export function divergingImage(
  values: ArrayLike<number>,
  height: number,
  width: number,
): RasterImage {
  const scale = largest(values, height * width);
  return image(height, width, i => diverging((1 + values[i] / scale) / 2));
}

/**
 * Values from 0 up in `sequential` colours, from 0 to the largest.
 * @param values height × width, rows from the top
 * @throws if they are another number, or not all finite
 */
export function sequentialImage(
  values: ArrayLike<number>,
  height: number,
  width: number,
): RasterImage {
  const scale = largest(values, height * width);
  return image(height, width, i => sequential(values[i] / scale));
}

/**
 * Values with a sign in three colour channels as a coloured picture: 0 is mid grey, ±max |v| the ends.
 * @param values 3 × height × width: all red, then all green, then all blue
 * @throws if they are another number, or not all finite
 */
export function channelsImage(
  values: ArrayLike<number>,
  height: number,
  width: number,
): RasterImage {
  const pixels = height * width;
  const scale = largest(values, 3 * pixels);
  const level = (v: number) => Math.round(128 + (127 * v) / scale);
  return image(height, width, i => [
    level(values[i]),
    level(values[i + pixels]),
    level(values[i + 2 * pixels]),
  ]);
}

function colourMap(css: (t: number) => string): ColourMap {
  const table = Array.from({ length: 256 }, (_, i) => parsed(css(i / 255)));
  return t => table[Math.round(255 * Math.min(1, Math.max(0, t)))];
}

/** '#1f77b4' or 'rgb(31, 119, 180)'. */
function parsed(css: string): Colour {
  const [red, green, blue] = css.startsWith('#')
    ? [1, 3, 5].map(at => parseInt(css.slice(at, at + 2), 16))
    : [...css.matchAll(/\d+/gu)].map(Number);
  return [red, green, blue];
}

/** max |v|, or 1 where all are 0. */
function largest(values: ArrayLike<number>, count: number): number {
  if (values.length !== count)
    throw new Error(`report: an image of ${count} values cannot be made of ${values.length}`);
  let max = 0;
  for (let i = 0; i < count; i++) {
    if (!Number.isFinite(values[i]))
      throw new Error(`report: value ${i} of an image is ${values[i]}`);
    max = Math.max(max, Math.abs(values[i]));
  }
  return max || 1;
}

function image(height: number, width: number, colour: (i: number) => Colour): RasterImage {
  const data = new Uint8Array(3 * height * width);
  for (let i = 0; i < height * width; i++) data.set(colour(i), 3 * i);
  return { width, height, data };
}
