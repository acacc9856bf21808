import { formatDims } from './image.js';
import type { LabelledImages } from './labelled-images.js';
import type { NdArray } from './nd-array.js';

/**
 * All images as one array [n, C, H, W] of bytes or floats, as in a .npz archive.
 * @throws if they differ in dims or in what they hold
 */
export function stackImages(images: LabelledImages): NdArray<'uint8'> | NdArray<'float32'> {
  const first = images.image(0);
  const isBytes = first.data instanceof Uint8Array;
  const size = first.data.length;
  const data = new (isBytes ? Uint8Array : Float32Array)(images.count * size);
  for (let i = 0; i < images.count; i++) {
    const image = images.image(i);
    if (
      formatDims(image.dims) !== formatDims(first.dims) ||
      image.data instanceof Uint8Array !== isBytes
    )
      throw new Error(
        `${images.nameOf(i)}: differs from ${images.nameOf(0)} in size or type; an array holds images of one kind`,
      );
    data.set(image.data, i * size);
  }
  const shape = [images.count, ...first.dims];
  return data instanceof Uint8Array
    ? { dtype: 'uint8', shape, data }
    : { dtype: 'float32', shape, data };
}
