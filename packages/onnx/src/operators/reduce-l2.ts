import { reduction } from './reduction.js';

/** √Σx² over the given axes. */
export const reduceL2 = reduction('ReduceL2');
