import { reduction } from './reduction.js';

/** Σx² over the given axes. */
export const reduceSumSquare = reduction('ReduceSumSquare');
