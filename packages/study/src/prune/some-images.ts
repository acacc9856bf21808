import { pixelsOf } from '@nads/basis';
import { Random } from '@nads/linalg';
import type { ImageInput } from '@nads/onnx';
import { float32, type Value } from '@nads/runtime';
import { asInput, type PruneData } from './prune-data.js';

/** As many images as the file wants in one run, or a minibatch; normal ones where there is no data. */
export function someImages(image: ImageInput, data: PruneData | undefined): Value {
  const first = data?.batches[0].images;
  const count = image.batch ?? first?.dims[0] ?? 1;
  if (first && count <= first.dims[0]) {
    const pixels = (first.data as Float32Array).subarray(0, count * pixelsOf(image));
    return float32(pixels, [count, ...first.dims.slice(1)]);
  }
  const pixels = new Float32Array(count * pixelsOf(image));
  new Random('images').fillNormal(pixels, 0, 1);
  return asInput(image, pixels);
}
