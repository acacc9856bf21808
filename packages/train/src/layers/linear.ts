import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';

/** A linear layer [N, inputs] → [N, units]. */
export const linear = (
  x: SymbolicTensor,
  name: string,
  units: number,
  { bias = true }: { readonly bias?: boolean } = {},
): SymbolicTensor =>
  layers
    .dense({ name, units, useBias: bias, kernelInitializer: 'zeros' })
    .apply(x) as SymbolicTensor;
