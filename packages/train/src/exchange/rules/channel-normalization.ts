import { float } from '@nads/onnx';
import type { LayerRule } from '../layer-rule.js';

/** Batch normalisation with its running averages. */
export const channelNormalization: LayerRule = {
  className: 'ChannelNormalization',
  weights: () =>
    ['weight', 'bias', 'running_mean', 'running_var'].map(suffix => ({ suffix, layout: 'same' })),
  place: ({ epsilon, momentum }, { inputs: [x], weights, add }) =>
    void add('BatchNormalization', [x, ...weights], {
      epsilon: float(epsilon as number),
      momentum: float(momentum as number),
    }),
};
