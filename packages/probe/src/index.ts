// plan: what will be probed, worked out from a model and options
export { prepare, type Preparation } from './estimator/plan/prepare.js';
export type { EstimateOptions } from './estimator/plan/estimate-options.js';
export type { Plan } from './estimator/plan/plan.js';
export type { Subnetwork, TailSubnetwork } from './estimator/plan/subnetwork.js';
export type { HeadTreatment } from './estimator/plan/head-treatment.js';
export { orderOf, type SymmetryGroup } from './estimator/plan/symmetry-group.js';
export { leastStepForChannels } from './estimator/plan/averaging.js';
export { bytesOnBoxes } from './estimator/plan/local/bytes-on-boxes.js';
export type { Locality } from './estimator/plan/local/local-work.js';
export type { LocalPlan } from './estimator/plan/local/local-plan.js';
export { basisOf } from './estimator/plan/basis-of.js';
export { chosenBasis, nameOfRows } from './estimator/plan/chosen-basis.js';
export { drawPoints } from './estimator/plan/draw-points.js';
export { supportedModel } from './estimator/plan/supported-model.js';

// draw: networks with fresh weights, one after the other
export { DrawnNetworks } from './estimator/draw/drawn-networks.js';

// secants: how a network responds along each direction
export type { ImageBinding } from './estimator/secants/image-binding.js';
export type { Probing } from './estimator/secants/probing.js';
export { secants } from './estimator/secants/secants.js';
export { unresolvedShare } from './estimator/secants/unresolved-share.js';
export { probes } from './estimator/secants/probes.js';
export { outputsOf } from './estimator/secants/outputs-of.js';
export { isIndependent } from './estimator/secants/is-independent.js';

// accumulate: from responses to sums over networks
export { symmetryBlocks, type SymmetryBlock } from './estimator/accumulate/symmetry-blocks.js';
export type { BlockSums } from './estimator/accumulate/block-sums.js';
export type { Gram } from './estimator/accumulate/add-covariance.js';
export { emptyTally, type Tally } from './estimator/accumulate/tally.js';
export { groupCount } from './estimator/accumulate/group-count.js';
export { sample, type Sampling } from './estimator/accumulate/sample.js';

// directions: from sums to eigenvectors, and how certain they are
export { directions, type Directions } from './estimator/directions/directions.js';
export { fewestForStability, stability, type Stability } from './estimator/directions/stability.js';
export { hasResponse } from './estimator/directions/has-response.js';
export { NoResponse } from './estimator/directions/no-response.js';
export { predictOverlap } from './estimator/directions/predict-overlap.js';
export type { NoiseFloor } from './estimator/directions/noise-floor.js';

// the estimator: these rooms in a row, for one network
export { NetworkProbe } from './estimator/network-probe.js';
export { dryRun, type DryRun } from './estimator/dry-run.js';
export type { Agreement } from './estimator/secants/local/agreement.js';

// own network: a file's own weights instead of fresh ones, and gradients of its outputs
export { ownNetwork, type OwnNetwork, type OwnNetworkOptions } from './own-network/own-network.js';
export { ownNetworkBatch } from './own-network/own-network-batch.js';
export { placedImages } from './own-network/placed-images.js';
export {
  gradientModel,
  type GradientModel,
  type GradientOptions,
} from './own-network/gradient-model.js';
export { openGradients } from './own-network/open-gradients.js';
export { GradientRunner, type InputGradients } from './own-network/gradient-runner.js';

// not finite: errors that name the node where numbers overflow
export { NotFinite } from './not-finite/not-finite.js';
export { notFiniteNode, type NotFiniteNode } from './not-finite/not-finite-node.js';

// saliency: which pixels the output for one image depends on
export * from './saliency/index.js';

// data gradients: the covariance of a trained model's gradients over images
export * from './data-gradients/index.js';

// tangent kernel: inner products of gradients with respect to weights
export * from './tangent-kernel/index.js';

// gradients of many images with respect to weights, each by itself, and kernels of them
export * from './example-gradients/index.js';

// elasticity: how a step of training at one image changes the outputs for others
export * from './elasticity/index.js';

// mixed derivative: directions of one network, from its derivative by weights and image
export * from './mixed-derivative/index.js';

// margins: how far decision boundaries lie within subspaces
export * from './margins/index.js';

// polynomials: the degree and the coefficients of outputs that are polynomials of the input
export * from './polynomial/index.js';
