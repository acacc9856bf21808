import { globalPooling, spaceOf } from '../families/global-pooling.js';
import { extremeShare } from '../formulas/extreme-share.js';

/** The largest element of each channel over all of space. */
export const globalMaxPool = globalPooling('GlobalMaxPool', {
  gradient: ({ g, inputs: [x], outputs: [y] }, [dy]) => [
    () => extremeShare(g, { x, y, dy: dy!, axes: spaceOf(g, x) }),
  ],
  inDouble: (g, { inputs: [x] }) => g.reduceMax(x, spaceOf(g, x)),
});
