import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { batchNorm } from './batch-norm.js';
import { convolution } from './convolution.js';

/** A block of a residual network. */
export interface Block {
  readonly name: string;
  /** Channels of its input. */
  readonly inputs: number;
  readonly filters: number;
  readonly stride: number;
}

/** The way past a block: the input itself, or a 1×1 convolution and a batch-norm where sizes change (He et al. 2016, option B). */
export function shortcut(
  x: SymbolicTensor,
  { name, inputs, filters, stride }: Block,
): SymbolicTensor {
  if (stride === 1 && inputs === filters) return x;
  const projected = convolution(x, `${name}.downsample.0`, filters, 1, { stride, bias: false });
  return batchNorm(projected, `${name}.downsample.1`);
}
