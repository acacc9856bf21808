import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';

/** [N, C, H, W] → [N, C·H·W] in this order. */
export const flatten = (x: SymbolicTensor, name = 'flatten'): SymbolicTensor =>
  layers.flatten({ name }).apply(x) as SymbolicTensor;
