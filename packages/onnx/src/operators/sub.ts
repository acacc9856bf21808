import { broadcasting } from '../families/broadcasting.js';
import { standardisationWeights } from '../layers/standardisation-weights.js';

/** a − b, broadcast. */
export const sub = broadcasting('Sub', (a, b) => a - b, {
  exact: true,
  weights: standardisationWeights('mean'),
  gradient: ({ g, inputs: [, b] }, [dy]) => [() => dy!, () => g.neg(g.unbroadcast(dy!, b))],
});
