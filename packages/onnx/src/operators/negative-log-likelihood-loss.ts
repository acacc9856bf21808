import { likelihoodLoss } from '../formulas/likelihood-loss.js';
import type { Operator } from '../operator.js';
import { typeOf } from '../shapes/application.js';
import { lossDims } from '../shapes/loss-dims.js';

/** −x at the index of each label, weighted; reduced to its mean or sum unless said otherwise. */
export const negativeLogLikelihoodLoss: Operator = {
  name: 'NegativeLogLikelihoodLoss',
  inputs: [2, 3],
  decompose: derivation => [likelihoodLoss(derivation, derivation.inputs[0])],
  infer: application => [{ type: typeOf(application, 0), dims: lossDims(application) }],
};
