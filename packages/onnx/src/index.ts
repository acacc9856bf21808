export { countNodes } from './count-nodes.js';
export { readModel } from './read-model.js';
export { writeModel, writeModelWithExternal } from './write-model.js';
export type { ExternalReference, ReadExternal } from './wire/read-tensor.js';
export { opsetOf, withGraph, type FunctionDefinition, type Model } from './model.js';
export {
  consumers,
  feeds,
  node,
  producers,
  reads,
  subgraphs,
  type Attribute,
  type Attributes,
  type Dimension,
  type Graph,
  type Node,
  type ValueInfo,
} from './graph.js';
export { nodeLabel } from './node-label.js';
export * from './attribute.js';
export { isFloating, type DataType, type TensorData } from './data-type.js';
export { floats, integers, numbersOf, sizeOf, tensorOf, type Tensor } from './tensor.js';
export { inferShapes } from './infer-shapes.js';
export type { Operator } from './operator.js';
export { operatorOf } from './operators/registry.js';
export { carrying } from './carrying.js';
export type { Inference, Known } from './shapes/known.js';
export { flatModel } from './flat-model.js';
export { upgradeOpset } from './upgrade-opset.js';
export { halfTypesOf } from './half-types.js';
export { doubleOperators } from './double-operators.js';
export { inDoublePrecision } from './in-double-precision.js';
export { inSinglePrecision } from './in-single-precision.js';
export {
  computationOf,
  computedConstants,
  withComputed,
  type ComputedConstant,
} from './computed-constants.js';
export { prune } from './prune.js';
export { convolutionsOnSmallMaps, smallConvolutions } from './small-convolutions.js';
export { withVariables, type Variables } from './with-variables.js';
export { convolutionProduct } from './formulas/convolution-product.js';
export { denseConvolution } from './formulas/dense-convolution.js';
export { winogradConvolution } from './formulas/winograd-convolution.js';
export { differentiate, type Derivative, type Differentiation } from './gradient/differentiate.js';
export {
  exampleGradients,
  type ExampleGradients,
  type ExamplePart,
} from './gradient/example-gradients.js';
export { jacobianVector, type JacobianVector } from './gradient/jacobian-vector.js';
export { Algebra } from './algebra/algebra.js';
export { NoGradient } from './gradient/no-gradient.js';
export { requireGrowth } from './require-growth.js';
export { macs, nodeMacs } from './macs.js';
export { batchDims, imageInput, type ImageInput } from './image-input.js';
export { freeBatch, withInput, type FreeBatch } from './free-batch.js';
export { floatOutputs, logitsOutput } from './logits-output.js';
export { averagedAxes } from './averaged-axes.js';
export { findHead, isHead, logits, trunk, type Head, type NoHead } from './head.js';
export {
  parameters,
  readConstants,
  weights,
  type Constants,
  type Kept,
  type Weight,
} from './weight.js';
export type { LayerKind, WeightRole } from './layers/weight-rule.js';
export { type Origin, type Storage } from './origin.js';
export {
  allocateWeights,
  architecture,
  drawWeights,
  withFreshWeights,
  type Architecture,
} from './fresh-weights.js';
export {
  formatInit,
  parseInit,
  requireScaled,
  schemeFor,
  schemes,
  type Init,
} from './init/schemes.js';
export type { Draw, Scheme } from './init/scheme.js';
export { symmetries, weightsOfChannels, type Symmetry } from './symmetries.js';
export type { Relabelling } from './symmetry/context.js';
export { splitTail, type Tail } from './tail.js';
export { localGraph, type LocalGraph } from './locality/local-graph.js';
export { changes } from './locality/changes.js';
export {
  mostNodes,
  stageBetween,
  type Crop,
  type Spans,
  type Stage,
  type StageNode,
} from './locality/stage.js';
export { stageModel } from './locality/stage-model.js';
export { restFrom, restModel, type Rest } from './locality/rest.js';
export { hull, lengthOf, samePlaces, type Range, type Span } from './locality/span.js';
export type { AxisOf, Coupling, Keys } from './coupling/coupling-rule.js';
export { isUniform, origins } from './origin.js';
export { inferNode } from './infer-shapes.js';
export { Unknown } from './shapes/application.js';
