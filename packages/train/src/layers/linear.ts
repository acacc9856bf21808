import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';

/** A linear layer [N, inputs] → [N, units] with a bias. */
export const linear = (x: SymbolicTensor, name: string, units: number): SymbolicTensor =>
  layers.dense({ name, units, kernelInitializer: 'zeros' }).apply(x) as SymbolicTensor;
