import { activate } from '../config.js';
import type { LayerRule } from '../layer-rule.js';

export const reLU: LayerRule = {
  className: 'ReLU',
  place: ({ maxValue }, { inputs, add }) => {
    if (typeof maxValue === 'number')
      throw new Error(`cuts off at ${maxValue}; only the plain ReLU is exported`);
    add('Relu', inputs);
  },
};

export const activation: LayerRule = {
  className: 'Activation',
  place: (config, { inputs: [x], add, output }) => activate(config, add, output, () => x),
};

/** Sets nothing to zero outside of training. */
const dropping = (className: string): LayerRule => ({
  className,
  place: ({ rate }, { inputs: [x], add, constant }) =>
    void add('Dropout', [x, constant(rate as number)]),
});

export const dropout = dropping('Dropout');
/** The one whose mask comes from outside. */
export const maskedDropout = dropping('MaskedDropout');
