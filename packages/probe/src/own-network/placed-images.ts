import { batchOf, pixelPositions, pixelsOf } from '@nads/basis';
import type { ImageInput } from '@nads/onnx';
import { float32, type Value } from '@nads/runtime';

/** Images [n × C·H·W] as a model's input takes them. */
export function placedImages(image: ImageInput, images: Float32Array): Value {
  const count = images.length / pixelsOf(image);
  const placed = image.layout === 'NCHW' ? images.slice() : channelsLast(image, images);
  return float32(placed, batchOf(count, image, image.layout));
}

function channelsLast(image: ImageInput, images: Float32Array): Float32Array {
  const positions = pixelPositions(image, image.layout);
  const pixels = positions.length;
  const placed = new Float32Array(images.length);
  for (let first = 0; first < images.length; first += pixels)
    positions.forEach((at, pixel) => (placed[first + at] = images[first + pixel]));
  return placed;
}
