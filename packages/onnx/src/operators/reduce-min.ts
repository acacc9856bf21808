import { reduction } from './reduction.js';

/** The smallest element over the given axes. */
export const reduceMin = reduction('ReduceMin', xs => Math.min(...xs));
