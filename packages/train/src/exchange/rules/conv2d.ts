import { activate, requireChannelsFirst } from '../config.js';
import type { LayerRule } from '../layer-rule.js';

/** A convolution; zeros that a layer before it adds become its pads. */
export const conv2d: LayerRule = {
  className: 'Conv2D',
  weights: ({ useBias }) => [
    { suffix: 'weight', layout: 'kernel' },
    ...(useBias ? [{ suffix: 'bias', layout: 'same' } as const] : []),
  ],
  addsZeros: ({ padding }) => padding === 'valid',
  place: (config, { inputs: [x], pads, weights, add, output }) => {
    requireChannelsFirst(config);
    const slide = {
      kernel_shape: config.kernelSize as number[],
      strides: config.strides as number[],
      dilations: config.dilationRate as number[],
      ...(config.padding === 'same' ? { auto_pad: 'SAME_UPPER' } : { pads }),
    };
    activate(config, add, output, name => add('Conv', [x, ...weights], slide, name));
  },
};
