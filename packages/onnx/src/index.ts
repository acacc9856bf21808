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
  type Dimension,
  type Graph,
  type Node,
  type ValueInfo,
} from './graph.js';
export * from './attribute.js';
export { isFloating, type DataType, type TensorData } from './data-type.js';
export { floats, integers, numbersOf, sizeOf, tensorOf, type Tensor } from './tensor.js';
export { inferShapes, type Inference } from './infer-shapes.js';
export type { Known } from './operators/operator.js';
