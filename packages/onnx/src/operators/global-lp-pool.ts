import { getInt } from '../attribute.js';
import { globalPooling } from '../families/global-pooling.js';
import { wholePower } from '../upgrades/whole-power.js';

/** (Σ|x|ᵖ)^(1/p) of each channel over all of space. */
export const globalLpPool = globalPooling('GlobalLpPool', {
  upgrade: wholePower,
  decompose: ({ node, inputs: [x], g }) => {
    const p = getInt(node, 'p', 2);
    const axes = g.space(x).map((_, i) => i + 2);
    return [g.pow(g.reduceSum(g.pow(g.abs(x), p), axes), 1 / p)];
  },
});
