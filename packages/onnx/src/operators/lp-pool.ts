import { getInt, getInts } from '../attribute.js';
import { pooling } from '../families/pooling.js';
import { windowOf } from '../shapes/window.js';
import { wholePower } from '../upgrades/whole-power.js';

/** (Σ|x|ᵖ)^(1/p) over each window. */
export const lpPool = pooling('LpPool', {
  upgrade: wholePower,
  /** The sum over a window is its mean, zeros of the padding included, times its size. */
  decompose: ({ node, inputs: [x], g }) => {
    const p = getInt(node, 'p', 2);
    const { kernel, strides, dilations, begin, end, ceil } = windowOf(
      node,
      getInts(node, 'kernel_shape', []),
      g.space(x),
    );
    if (ceil)
      throw new Error('its gradient is not implemented for windows beyond the edge (ceil_mode)');
    const means = g.op('AveragePool', [g.pow(g.abs(x), p)], {
      kernel_shape: kernel,
      strides,
      pads: [...begin, ...end],
      count_include_pad: 1,
      ...(dilations.some(dilation => dilation > 1) && { dilations }),
    });
    const elements = kernel.reduce((a, b) => a * b, 1);
    return [g.pow(g.mul(means, elements), 1 / p)];
  },
});
