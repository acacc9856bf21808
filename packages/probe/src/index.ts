export { prepare, type EstimateOptions, type Preparation } from './prepare.js';
export { chosenBasis, nameOfRows } from './chosen-basis.js';
export { leastStepForChannels } from './averaging.js';
export { drawPoints } from './draw-points.js';
export type { HeadTreatment, Piece, Plan, TailPiece } from './plan.js';
export { basisOf, NetworkProbe } from './network-probe.js';
export { isIndependent, outputsOf } from './independence.js';
export { trial, type Trial } from './trial.js';
export { NotFinite, notFiniteNode } from './not-finite.js';
export { subjectBatch, subjectOf, type Subject, type SubjectOptions } from './subject.js';
export { gradientModel, type GradientModel, type GradientOptions } from './gradient-model.js';
export { GradientRunner, type InputGradients } from './input-gradients.js';
export { probes, secants, type Intake, type Probing } from './secants.js';
export { emptyTally, groupCount, sample, type Sampling, type Tally } from './sample.js';
export type { BlockSums, Gram } from './covariance.js';
export {
  orderOf,
  symmetryBlocks,
  type SymmetryBlock,
  type SymmetryGroup,
} from './symmetry-blocks.js';
export { directions, type Directions } from './directions.js';
export { fewestForStability, predictOverlap, stability, type Stability } from './stability.js';
export type { NoiseFloor } from './noise-floor.js';
export * from './saliency/index.js';
export * from './data-gradients/index.js';
export * from './tangent-kernel/index.js';
export * from './mixed-derivative/index.js';
export * from './margins/index.js';
