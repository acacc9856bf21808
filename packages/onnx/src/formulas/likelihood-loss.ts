import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';
import { getInt, getString } from '../attribute.js';
import type { Derivation } from './derivation.js';

/**
 * −w[t]·x[t] at each label t, reduced as the node says; ignored labels weigh 0, and a mean is over the
 * weights (ONNX operator specification, NegativeLogLikelihoodLoss).
 * @param x [N, C, space…], logarithms of probabilities.
 */
export function likelihoodLoss(
  { node, inputs: [, labels, weights], g }: Derivation,
  x: Value,
): Value {
  const ignored = getInt(node, 'ignore_index', undefined);
  const none = ignored === undefined ? undefined : g.equal(labels, ignored);
  const safe = none ? g.where(none, 0, labels) : labels;
  const picked = g.op('GatherElements', [x, g.op('Unsqueeze', [safe, g.integers([1])])], {
    axis: 1,
  });
  const chances = g.op('Squeeze', [picked, g.integers([1])]);
  const weight = weightOf(g, chances, weights && g.op('Gather', [weights, safe]), none);
  const losses = g.neg(g.mul(chances, weight));
  const reduction = getString(node, 'reduction', 'mean');
  if (reduction === 'none') return losses;
  return reduction === 'sum' ? g.total(losses) : g.div(g.total(losses), g.total(weight));
}

function weightOf(g: Algebra, like: Value, weights?: Value, none?: Value): Value {
  const all = weights ?? g.exp(g.zerosLike(like));
  return none ? g.where(none, 0, all) : all;
}
