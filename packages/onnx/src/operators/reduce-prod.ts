import { reduction } from './reduction.js';

/** The product over the given axes. */
export const reduceProd = reduction('ReduceProd', xs => xs.reduce((a, b) => a * b, 1));
