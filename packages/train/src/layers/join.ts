import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';

/** The sum of two values. */
export const add = (a: SymbolicTensor, b: SymbolicTensor, name: string): SymbolicTensor =>
  layers.add({ name }).apply([a, b]) as SymbolicTensor;

/** The product of two values, element by element. */
export const multiply = (a: SymbolicTensor, b: SymbolicTensor, name: string): SymbolicTensor =>
  layers.multiply({ name }).apply([a, b]) as SymbolicTensor;

/** The channels of one value behind those of another. */
export const concatenate = (a: SymbolicTensor, b: SymbolicTensor, name: string): SymbolicTensor =>
  layers.concatenate({ name, axis: 1 }).apply([a, b]) as SymbolicTensor;
