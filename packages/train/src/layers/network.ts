import { input, model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { Sizes } from '../architectures/architecture.js';

/** A model from images [N, C, H, W] to what `logits` makes of them. */
export function network(
  name: string,
  { channels, height, width }: Sizes,
  logits: (x: SymbolicTensor) => SymbolicTensor,
): LayersModel {
  const x = input({ shape: [channels, height, width], name: 'x' });
  return model({ name, inputs: x, outputs: logits(x) });
}
