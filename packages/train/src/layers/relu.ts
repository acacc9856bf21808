import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';

/** max(0, x). */
export const relu = (x: SymbolicTensor, name: string): SymbolicTensor =>
  layers.reLU({ name }).apply(x) as SymbolicTensor;
