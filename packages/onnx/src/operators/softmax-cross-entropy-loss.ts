import { likelihoodLoss } from '../formulas/likelihood-loss.js';
import type { Operator } from '../operator.js';
import { dimsOf, typeOf } from '../shapes/application.js';
import { lossDims } from '../shapes/loss-dims.js';

/** ln Σeˣ − x at the index of each label, reduced unless said otherwise; then x − ln Σeˣ. */
export const softmaxCrossEntropyLoss: Operator = {
  name: 'SoftmaxCrossEntropyLoss',
  inputs: [2, 3],
  outputs: [1, 2],
  decompose: derivation => {
    const { inputs, g } = derivation;
    const chances = g.op('LogSoftmax', [inputs[0]], { axis: 1 });
    return [likelihoodLoss(derivation, chances), chances];
  },
  infer: application => {
    const type = typeOf(application, 0);
    return [
      { type, dims: lossDims(application) },
      { type, dims: dimsOf(application, 0) },
    ];
  },
};
