import { getInt, getInts } from '../attribute.js';
import { kernelGradient } from '../gradient/kernel-gradient.js';
import { convolvedDims } from './convolution.js';
import { typeOf, type Operator } from './operator.js';
import { extent, windowOf } from './window.js';

/** Y[n, m, p] = b[m] + Σ_{c, δ} W[m, c, δ] X[n, c, s·p + d·δ − pad], within groups of channels. */
export const conv: Operator = {
  name: 'Conv',
  infer: application => [{ type: typeOf(application, 0), dims: convolvedDims(application, 1) }],
  /** The transposed convolution of dy; products of dy with shifted images; the sum of dy. */
  gradient: ({ node, inputs: [x, weights], g }, [dy]) => {
    const sizes = g.space(x);
    const window = windowOf(node, getInts(node, 'kernel_shape', g.space(weights)), sizes);
    const group = getInt(node, 'group', 1);
    return [
      () => {
        const { kernel, strides, dilations, begin, end } = window;
        const rest = sizes.map(
          (size, i) => (size + begin[i] + end[i] - extent(kernel[i], dilations[i])) % strides[i],
        );
        return g.op('ConvTranspose', [dy!, weights], {
          group,
          kernel_shape: kernel,
          strides,
          dilations,
          pads: [...begin, ...end],
          output_padding: rest,
        });
      },
      () => kernelGradient(g, x, dy!, window, group),
      () => g.reduceSum(dy!, [0, ...sizes.map((_, i) => i + 2)], false),
    ];
  },
};
