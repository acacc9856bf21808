export { direction, directionRows, type Basis, type Visit } from './basis.js';
export { parseBasis } from './parse-basis.js';
export { kinds } from './kinds.js';
export type { BasisKind, Plane, PlaneDirections } from './kind.js';
export type { Places } from './places.js';
export { fileOfBasis, rowsBasis, rowsOf, type Rows } from './rows-basis.js';
export { inAllChannels, inChannels } from './in-channels.js';
export {
  addresses,
  allAddresses,
  allPlaces,
  chosenAddresses,
  directionAt,
  formatAddress,
  indices,
  oneAddress,
  type Address,
} from './addresses.js';
export { fourierDirection, gridFrequencies } from './fourier-grid.js';
export {
  compose,
  identityPermutation,
  type Relabellings,
  type SignedPermutation,
} from './relabelling.js';
export {
  batchOf,
  formatShape,
  pixelPositions,
  pixelsOf,
  type ImageShape,
  type Layout,
} from './image-shape.js';
