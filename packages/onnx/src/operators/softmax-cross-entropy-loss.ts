import { lossDims } from './loss.js';
import { dimsOf, typeOf, type Operator } from './operator.js';

/** ln Σeˣ − x at the index of each label, reduced unless said otherwise; then x − ln Σeˣ. */
export const softmaxCrossEntropyLoss: Operator = {
  name: 'SoftmaxCrossEntropyLoss',
  infer: application => {
    const type = typeOf(application, 0);
    return [
      { type, dims: lossDims(application) },
      { type, dims: dimsOf(application, 0) },
    ];
  },
};
