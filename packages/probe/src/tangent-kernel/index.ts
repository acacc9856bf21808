export {
  parameterCount,
  ParameterGradients,
  parameterModel,
  type Parameter,
  type ParameterModel,
  type ParameterOptions,
} from './parameter-gradients.js';
export {
  passesOf,
  tangentKernel,
  type KernelOptions,
  type KernelState,
  type TangentFeatures,
} from './tangent-kernel.js';
export { centredAlignment, kernelAlignment } from './kernel-alignment.js';
