import type { LayerRule } from '../layer-rule.js';

/** Zeros of the shape of the input. */
export const zeros: LayerRule = {
  className: 'ZerosLike',
  place: (_, { inputs: [x], add, constant }) => void add('Mul', [x, constant(0)]),
};
