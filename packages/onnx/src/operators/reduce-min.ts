import { reduction } from '../families/reduction.js';
import { extremeShare } from '../formulas/extreme-share.js';

/** The smallest element over the given axes. */
export const reduceMin = reduction('ReduceMin', {
  fold: xs => Math.min(...xs),
  share: extremeShare,
});
