export type { DataOf, DType, NdArray } from './nd-array.js';
export { decodeNpy, encodeNpy } from './npy.js';
export { decodeNpz, encodeNpz } from './npz.js';
