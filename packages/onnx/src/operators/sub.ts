import { broadcasting } from '../families/broadcasting.js';
import { affineInOne } from '../layers/affine-rule.js';
import { throughTerms } from '../layers/path-rule.js';
import { standardisationWeights } from '../layers/standardisation-weights.js';

/** a − b, broadcast. */
export const sub = broadcasting('Sub', (a, b) => a - b, {
  exact: true,
  affine: affineInOne(
    () => 1,
    () => -1,
  ),
  path: throughTerms,
  weights: standardisationWeights('mean'),
  gradient: ({ g, inputs: [, b] }, [dy]) => [() => dy!, () => g.neg(g.unbroadcast(dy!, b))],
});
