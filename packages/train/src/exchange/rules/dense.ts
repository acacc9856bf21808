import { activate } from '../config.js';
import type { LayerRule } from '../layer-rule.js';

/** A linear layer, x Wᵀ + b. */
export const dense: LayerRule = {
  className: 'Dense',
  weights: ({ useBias }) => [
    { suffix: 'weight', layout: 'matrix' },
    ...(useBias ? [{ suffix: 'bias', layout: 'same' } as const] : []),
  ],
  place: (config, { inputs: [x], weights, add, output }) =>
    activate(config, add, output, name => add('Gemm', [x, ...weights], { transB: 1 }, name)),
};
