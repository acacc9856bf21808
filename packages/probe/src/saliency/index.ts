export {
  largestOutputs,
  outputGradients,
  predictions,
  type OutputGradients,
} from './output-gradients.js';
export { gradient } from './gradient.js';
export { gradientTimesInput } from './gradient-times-input.js';
export {
  integratedGradients,
  type IntegratedGradients,
  type IntegrationOptions,
} from './integrated-gradients.js';
export { smoothGradient, type SmoothingOptions } from './smooth-gradient.js';
export { channelMeans } from './channel-means.js';
