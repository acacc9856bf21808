import { Random } from '@nads/linalg';
import { expectClose } from '@nads/testing';
import * as fc from 'fast-check';
import { smallConvolutions } from '../src/small-convolutions.js';
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
      const product = smallConvolutions(model);
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

test('one over many positions stays', () => {
  const data = [x(1, 2, 11, 11), x(3, 2, 3, 3)];
  const model = modelOf({ operator: 'Conv', data }, 17);
  expect(smallConvolutions(model).graph.nodes).toEqual(model.graph.nodes);
});
