import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { dataFormat } from './data-format.js';

/** The largest of each 2×2 elements. */
export const maxPool = (x: SymbolicTensor, name: string): SymbolicTensor =>
  layers.maxPooling2d({ name, poolSize: 2, dataFormat }).apply(x) as SymbolicTensor;

/** The mean of each 2×2 elements. */
export const averagePool = (x: SymbolicTensor, name: string): SymbolicTensor =>
  layers.averagePooling2d({ name, poolSize: 2, dataFormat }).apply(x) as SymbolicTensor;

/** The mean over space: [N, C]. */
export const globalAverage = (x: SymbolicTensor, name: string): SymbolicTensor =>
  layers.globalAveragePooling2d({ name, dataFormat }).apply(x) as SymbolicTensor;
