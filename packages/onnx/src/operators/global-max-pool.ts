import { globalPooling } from '../families/global-pooling.js';
import { extremeShare } from '../formulas/extreme-share.js';

/** The largest element of each channel over all of space. */
export const globalMaxPool = globalPooling('GlobalMaxPool', {
  gradient: ({ g, inputs: [x], outputs: [y] }, [dy]) => [
    () => extremeShare(g, { x, y, dy: dy!, axes: g.space(x).map((_, i) => i + 2) }),
  ],
});
