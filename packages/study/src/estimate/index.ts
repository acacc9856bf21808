export {
  estimate,
  type Estimate,
  type EstimateEnvironment,
  type EstimateSettings,
} from './estimate.js';
export { estimateFiles, estimateSummary } from './estimate-files.js';
export { estimateText } from './estimate-text.js';
export { planEstimate, type EstimatePlan } from './plan-estimate.js';
export { drawNetworks } from './draw-networks.js';
export { Goal, type GoalOptions } from './goal.js';
export { describeHead } from './describe-head.js';
export { describePreparation, type PartInWords } from './describe-work.js';
export { shortage } from './memory.js';
export { decodeNads, encodeNads, type NadsArrays, type NadsResult } from './nads-codec.js';
export { nadsSchema, type NadsSummary } from './nads-summary.js';
