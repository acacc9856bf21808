import { reduction } from './reduction.js';

/** Σx over the given axes. */
export const reduceSum = reduction('ReduceSum', xs => xs.reduce((a, b) => a + b, 0));
