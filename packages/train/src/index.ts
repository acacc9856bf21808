export {
  architectureOf,
  architectures,
  type Architecture,
  type Sizes,
} from './architectures/index.js';
export * from './cells/index.js';
export { someBackend } from './some-backend.js';
export type { LayersModel } from './layers/layers-model.js';
export { freshNetwork, type FreshNetwork } from './fresh-network.js';
export { toOnnx } from './exchange/to-onnx.js';
export { fromOnnx, type Weights } from './exchange/from-onnx.js';
export type { Optimizer } from './optimizers/optimizer.js';
export { sgd, type SgdOptions } from './optimizers/sgd.js';
export { adam, type AdamOptions } from './optimizers/adam.js';
export {
  constantRate,
  cosineRate,
  linearRate,
  stepRate,
  type Schedule,
} from './optimizers/schedule.js';
export { trainingStep, type StepOptions, type TrainingStep } from './step/training-step.js';
export { stepNames } from './step/step-names.js';
export type { BatchNorm } from './step/training-form.js';
export { withOwnInitializers } from './imported/own-initializers.js';
export type { MeasureDecay } from './measures/measure-decay.js';
export { measureOf } from './measures/measure-names.js';
export { measureValues } from './measures/value-names.js';
export { measuresOf } from './measures/measures-of.js';
export type { Batch, Engine, State, StepResult } from './engines/engine.js';
export { OnnxEngine, type OnnxEngineOptions } from './engines/onnx-engine.js';
export { TfjsEngine, type TfjsEngineOptions } from './engines/tfjs-engine.js';
export {
  accuracy,
  Diverged,
  fit,
  type EpochResult,
  type FitOptions,
  type TrainingPosition,
  type TrainingProgress,
  type TrainingSet,
} from './fit/fit.js';
export {
  publishedRecipe,
  trainAlong,
  type DirectionResult,
  type DirectionTask,
  type Recipe,
} from './directions/train-along.js';
