import { batchOf, pixelPositions, type ImageShape } from '@nads/basis';
import { float32, type Values } from '@nads/runtime';
import type { ImageBinding } from './image-binding.js';
import type { Probing } from './probing.js';

/** The inputs of a Jacobian's runs: the point again and again, with a seed on one output each. */
export function* seededRuns(
  { binding, basis, point }: Probing,
  outputs: number,
): Generator<Values> {
  const { input, seed, batch, layout } = binding;
  const images = repeated(point, binding, basis.shape);
  for (let first = 0; first < outputs; first += batch) {
    const seeds = new Float32Array(batch * seed!.outputs);
    for (let i = 0; i < Math.min(batch, outputs - first); i++)
      seeds[i * seed!.outputs + first + i] = 1;
    yield {
      [input]: float32(images, batchOf(batch, basis.shape, layout)),
      [seed!.name]: float32(seeds, [batch, seed!.outputs]),
    };
  }
}

/** A batch of one image, in the model's order of axes. */
function repeated(
  point: Float32Array,
  { batch, layout }: ImageBinding,
  shape: ImageShape,
): Float32Array {
  const images = new Float32Array(batch * point.length);
  const positions = pixelPositions(shape, layout);
  positions.forEach((at, pixel) => (images[at] = point[pixel]));
  for (let i = 1; i < batch; i++) images.copyWithin(i * point.length, 0, point.length);
  return images;
}
