export { prepare, type EstimateOptions, type Preparation } from './estimator/plan/prepare.js';
export { chosenBasis, nameOfRows } from './estimator/plan/chosen-basis.js';
export { leastStepForChannels } from './estimator/plan/averaging.js';
export { drawPoints } from './estimator/plan/draw-points.js';
export type { HeadTreatment, Subnetwork, Plan, TailSubnetwork } from './estimator/plan/plan.js';
export { basisOf, NetworkProbe } from './estimator/network-probe.js';
export { isIndependent, outputsOf } from './estimator/secants/independence.js';
export { dryRun, type DryRun } from './estimator/dry-run.js';
export { NotFinite } from './not-finite/not-finite.js';
export { notFiniteNode, type NotFiniteNode } from './not-finite/not-finite-node.js';
export { ownNetworkBatch } from './own-network/own-network-batch.js';
export { ownNetwork, type OwnNetwork, type OwnNetworkOptions } from './own-network/own-network.js';
export {
  gradientModel,
  type GradientModel,
  type GradientOptions,
} from './own-network/gradient-model.js';
export { GradientRunner, type InputGradients } from './own-network/gradient-runner.js';
export { probes, secants, type ImageBinding, type Probing } from './estimator/secants/secants.js';
export {
  emptyTally,
  groupCount,
  sample,
  type Sampling,
  type Tally,
} from './estimator/accumulate/sample.js';
export type { BlockSums, Gram } from './estimator/accumulate/covariance.js';
export {
  orderOf,
  symmetryBlocks,
  type SymmetryBlock,
  type SymmetryGroup,
} from './estimator/accumulate/symmetry-blocks.js';
export { directions, type Directions } from './estimator/directions/directions.js';
export {
  fewestForStability,
  predictOverlap,
  stability,
  type Stability,
} from './estimator/directions/stability.js';
export type { NoiseFloor } from './estimator/directions/noise-floor.js';
export * from './saliency/index.js';
export * from './data-gradients/index.js';
export * from './tangent-kernel/index.js';
export * from './mixed-derivative/index.js';
export * from './margins/index.js';
