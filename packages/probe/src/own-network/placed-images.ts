import { batchOf, pixelPositions } from '@nads/basis';
import type { ImageInput } from '@nads/onnx';
import { float32, type Value } from '@nads/runtime';

/** Images [n × C·H·W] as a model's input takes them. */
export function placedImages(image: ImageInput, images: Float32Array): Value {
  const positions = pixelPositions(image, image.layout);
  const pixels = positions.length;
  const count = images.length / pixels;
  const placed = new Float32Array(images.length);
  for (let first = 0; first < images.length; first += pixels)
    positions.forEach((at, pixel) => (placed[first + at] = images[first + pixel]));
  return float32(placed, batchOf(count, image, image.layout));
}
