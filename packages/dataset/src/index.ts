export type { DataOf, DType, NdArray } from './nd-array.js';
export { decodeNpy, encodeNpy } from './npy.js';
export { decodeNpz, encodeNpz } from './npz.js';
export { NpzWriter, type ArrayInParts, type Parts } from './npz-writer.js';
export { decodeIdx } from './idx.js';
export { decodeImage } from './decode-image.js';
export { formatDims, type Dims, type Image } from './image.js';
export type { LabelledImages } from './labelled-images.js';
export { classCount, className } from './class-name.js';
export { decodeCifar10, decodeCifar100 } from './cifar.js';
export { imagesOfIdx, type IdxFile } from './mnist.js';
export { imagesOfArray, type ArrayOptions } from './image-array.js';
export { imagesOfArchive } from './image-archive.js';
export { concatenate } from './concatenate.js';
export { subset } from './subset.js';
export { balancedSample } from './balanced-sample.js';
export { sample } from './sample.js';
export { stackImages } from './stack-images.js';
export { requireSeparable, separableImages, type Separable } from './separable-images.js';
export { classPlaces, type CarrierPlace, type PlaceOptions } from './class-places.js';
export { coefficient, poison, type Carrier } from './poison.js';
export {
  dropped,
  droppedFirst,
  inverse,
  keptFirst,
  reorderCoefficients,
  reversed,
  shuffled,
  swapped,
  type Reordering,
} from './reordering.js';
export { Decomposition, type DecompositionResult } from './decomposition.js';
export { batches, type ImageBatch } from './batches.js';
export { preprocess } from './preprocess.js';
export {
  makePreprocessing,
  plainPreprocessing,
  type Preprocessing,
  type Resampling,
} from './preprocessing.js';
export { parsePreprocessing, preprocessingFields } from './parse-preprocessing.js';
export { longestSide, parseSize } from './parse-size.js';
export { describePreprocessing } from './describe-preprocessing.js';
