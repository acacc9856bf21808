import { reduction } from './reduction.js';

/** Σ|x| over the given axes. */
export const reduceL1 = reduction('ReduceL1');
