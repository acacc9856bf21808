export type { GradientSource } from './gradient-source.js';
export {
  gradientKernel,
  gradientsOf,
  type ExampleFeatures,
  type GradientKernelOptions,
  type KernelTerm,
} from './gradient-kernel.js';
export { WeightGradients } from './weight-gradients.js';
