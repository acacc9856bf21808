import { Random } from '@nads/linalg';
import { expectClose } from '@nads/testing';
import * as fc from 'fast-check';
import { convolutionsInTraining } from '../src/small-convolutions.js';
import { floats, numbersOf, type Tensor } from '../src/tensor.js';
import { evaluate, normal } from './gradient/expect-gradients.js';
import { kernels, sizes, small, space, window } from './gradient/windows.js';
import { modelOf } from './operators/one-node.js';

const random = new Random('small convolutions');
const x = (...dims: number[]): Tensor => {
  return floats(dims, Float32Array.from(numbersOf(normal(random, ...dims))));
};

test('a convolution over few positions is the product that it becomes', async () => {
  const layers = fc.record({
    axes: space,
    group: small(3),
    inputs: small(3),
    filters: small(3),
    bias: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(layers, async ({ axes, group, inputs, filters, bias }) => {
      const data = [
        x(3, group * inputs, ...sizes(axes)),
        x(group * filters, inputs, ...kernels(axes)),
        ...(bias ? [x(group * filters)] : []),
      ];
      const one = { operator: 'Conv', data, attributes: { ...window(axes), group } };
      const model = modelOf(one, 17);
      const product = convolutionsInTraining(model);
      expect(product.graph.nodes.map(({ operator }) => operator)).not.toContain('Conv');
      const feeds = new Map(data.map((tensor, i) => [`input${i}`, tensor]));
      const [[before], [after]] = await Promise.all(
        [model, product].map(each => evaluate(each, feeds)),
      );
      expect(after.tensor.dims).toEqual(before.tensor.dims);
      expectClose(numbersOf(after.tensor), numbersOf(before.tensor), { rtol: 1e-5, atol: 1e-5 });
    }),
    { numRuns: 60, seed: 1 },
  );
});

test.each([
  [[2, 8, 9, 10], [2, 8, 3, 3], { pads: [1, 1, 1, 1] }],
  [[2, 12, 13, 9], [3, 12, 3, 2], { pads: [2, 0, 1, 1], dilations: [2, 1] }],
  [[2, 9, 80], [2, 9, 4], { pads: [0, 3] }],
] as const)(
  'from %j by %j %j to few filters it is a transposed one',
  async (dims, weights, rest) => {
    const data = [x(...dims), x(...weights), x(weights[0])];
    const model = modelOf({ operator: 'Conv', data, attributes: { ...rest } }, 17);
    const transposed = convolutionsInTraining(model);
    expect(transposed.graph.nodes.map(({ operator }) => operator)).toContain('ConvTranspose');
    const feeds = new Map(data.map((tensor, i) => [`input${i}`, tensor]));
    const [[before], [after]] = await Promise.all(
      [model, transposed].map(each => evaluate(each, feeds)),
    );
    expect(after.tensor.dims).toEqual(before.tensor.dims);
    expectClose(numbersOf(after.tensor), numbersOf(before.tensor), { rtol: 1e-5, atol: 1e-5 });
  },
);

test.each([
  [[1, 8, 20, 20], [2, 8, 3, 3], { strides: [1, 2] }],
  [[1, 8, 20, 20], [2, 4, 3, 3], { group: 2 }],
  [[1, 8, 20, 20], [2, 8, 1, 1], {}],
  [[1, 8, 20, 20], [2, 8, 3, 3], { pads: [3, 3, 3, 3] }],
] as const)('but not from %j by %j %j', (dims, weights, attributes) => {
  const data = [x(...dims), x(...weights)];
  const model = modelOf({ operator: 'Conv', data, attributes: { ...attributes } }, 17);
  expect(convolutionsInTraining(model).graph.nodes).toEqual(model.graph.nodes);
});

test('one over many positions stays', () => {
  const data = [x(1, 2, 11, 11), x(3, 2, 3, 3)];
  const model = modelOf({ operator: 'Conv', data }, 17);
  expect(convolutionsInTraining(model).graph.nodes).toEqual(model.graph.nodes);
});
