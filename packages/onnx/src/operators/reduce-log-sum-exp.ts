import { reduction } from './reduction.js';

/** ln Σeˣ over the given axes. */
export const reduceLogSumExp = reduction('ReduceLogSumExp');
