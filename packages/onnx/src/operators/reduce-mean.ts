import { reduction } from './reduction.js';

/** The mean over the given axes. */
export const reduceMean = reduction('ReduceMean');
