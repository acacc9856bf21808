import { reduction } from '../families/reduction.js';
import { extremeShare } from '../formulas/extreme-share.js';

/** The largest element over the given axes. */
export const reduceMax = reduction('ReduceMax', {
  fold: xs => Math.max(...xs),
  share: extremeShare,
});
