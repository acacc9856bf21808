import { Random } from '@nads/linalg';
import { whole } from '../operators/one-node.js';
import { expectGradients, normal } from './expect-gradients.js';

const random = new Random('losses');
const x = (...dims: number[]) => normal(random, ...dims);
const weights = { ...x(4), data: Float64Array.of(0.5, 1, 2, 0.25) };

describe.each(['NegativeLogLikelihoodLoss', 'SoftmaxCrossEntropyLoss'])('%s', operator => {
  test.each(['mean', 'sum', 'none'])('reduced by %s', async reduction => {
    const attributes = { reduction };
    const labels = whole([2, 0, 3]);
    const check = { single: true };
    await expectGradients({ operator, data: [x(3, 4)], constants: [labels], attributes }, check);
    await expectGradients(
      { operator, data: [x(3, 4)], constants: [labels, weights], attributes },
      check,
    );
    await expectGradients(
      {
        operator,
        data: [x(2, 4, 3)],
        constants: [whole([2, 0, -1, 3, -1, 1], 'int64', [2, 3]), weights],
        attributes: { ...attributes, ignore_index: -1 },
      },
      check,
    );
  });
});

test('SoftmaxCrossEntropyLoss: the logarithms of the probabilities, as its second output', async () => {
  await expectGradients(
    {
      operator: 'SoftmaxCrossEntropyLoss',
      data: [x(3, 4)],
      constants: [whole([2, 0, 3])],
      outputs: 2,
    },
    { single: true },
  );
});
