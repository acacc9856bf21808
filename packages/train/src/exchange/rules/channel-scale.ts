import type { LayerRule } from '../layer-rule.js';

/** A factor for each channel. */
export const channelScale: LayerRule = {
  className: 'ChannelScale',
  weights: () => [{ suffix: 'weight', layout: 'same' }],
  place: (_, { inputs: [x], weights: [scale], add }) => void add('Mul', [x, scale]),
};
