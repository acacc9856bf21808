/** Dims times scales, cut to whole numbers; in float32, as the files say scales and runtimes multiply. */
export function scaledDims(dims: readonly number[], scales: readonly number[]): number[] {
  if (scales.length !== dims.length)
    throw new Error(`expected one scale for each axis of [${dims}], got [${scales}]`);
  return dims.map((size, axis) => Math.floor(Math.fround(size * Math.fround(scales[axis]))));
}
