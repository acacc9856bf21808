import { reduction } from './reduction.js';

/** The largest element over the given axes. */
export const reduceMax = reduction('ReduceMax', xs => Math.max(...xs));
