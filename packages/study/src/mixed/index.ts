export {
  estimateMixed,
  type MixedEnvironment,
  type MixedEstimate,
  type MixedPlan,
  type MixedSettings,
} from './estimate-mixed.js';
export { mixedFiles, mixedSummary } from './mixed-files.js';
export { requireOneNetwork } from './require-one-network.js';
