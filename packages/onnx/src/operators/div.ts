import { broadcasting } from '../families/broadcasting.js';
import { affineInOne } from '../layers/affine-rule.js';
import { throughDividend } from '../layers/path-rule.js';
import { standardisationWeights } from '../layers/standardisation-weights.js';

/** a / b, broadcast; whole numbers are cut towards zero. */
export const div = broadcasting('Div', (a, b) => a / b, {
  exact: true,
  affine: affineInOne(c => 1 / c),
  path: throughDividend,
  weights: standardisationWeights('scale'),
  /** dy/b and −Σ dy·y / b, the sum over places where one b stood for many. */
  gradient: ({ g, inputs: [, b], outputs: [y] }, [dy]) => [
    () => g.div(dy!, b),
    () => g.neg(g.div(g.unbroadcast(g.mul(dy!, y), b), b)),
  ],
});
