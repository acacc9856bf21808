import { Random } from '@nads/linalg';
import { float } from '../../src/attribute.js';
import { differentiate } from '../../src/gradient/differentiate.js';
import { exampleGradients } from '../../src/gradient/example-gradients.js';
import type { Node } from '../../src/graph.js';
import type { Model } from '../../src/model.js';
import { numbersOf, sizeOf, tensorOf, type Tensor } from '../../src/tensor.js';
import { evaluate, normal } from './expect-gradients.js';
import { n, network } from './network.js';

const random = new Random('examples');
const count = 3;

const positive = (size: number): Tensor => {
  const { type, dims, data } = normal(random, size);
  return tensorOf(type, dims, Array.from(data as Float64Array, Math.abs));
};

/** Nodes, constants, and dims of an example. */
type Network = readonly [Node[], Record<string, Tensor>, readonly number[]];

/** Each kind of layer that has a rule, with settings that matter. */
const networks: Record<string, Network> = {
  'linear layers, with and without a turned weight': [
    [
      n('Gemm', 'x a b', 'h', { alpha: 0.5, beta: float(2) }),
      n('Tanh', 'h', 't'),
      n('Gemm', 't c d', 'y', { transB: 1 }),
    ],
    {
      a: normal(random, 5, 4),
      b: normal(random, 4),
      c: normal(random, 2, 4),
      d: normal(random, 1, 2),
    },
    [5],
  ],
  'products and sums of rows': [
    [n('MatMul', 'x a', 'h'), n('Add', 'h b', 'r'), n('MatMul', 'r c', 'y')],
    { a: normal(random, 5, 4), b: normal(random, 4), c: normal(random, 4, 2) },
    [5],
  ],
  'a product at several places': [
    [
      n('MatMul', 'x a', 'h'),
      n('Add', 'b h', 'r'),
      n('Tanh', 'r', 't'),
      n('Flatten', 't', 'f'),
      n('MatMul', 'f c', 'y'),
    ],
    { a: normal(random, 5, 4), b: normal(random, 4), c: normal(random, 12, 2) },
    [3, 5],
  ],
  'a scale and a shift': [
    [
      n('MatMul', 'x a', 'h'),
      n('Mul', 'h s', 'm'),
      n('Tanh', 'm', 't'),
      n('Mul', 't r', 'u'),
      n('Add', 'u b', 'y'),
    ],
    {
      a: normal(random, 5, 4),
      s: normal(random, 4),
      r: normal(random, 4),
      b: normal(random, 1, 4),
    },
    [5],
  ],
};

const convolution = (
  settings: Record<string, number | readonly number[]>,
  channels: number,
): Network => [
  [
    n('Conv', 'x k b', 'h', settings),
    n('BatchNormalization', 'h s t mean variance', 'z', { epsilon: 0.1 }),
    n('Tanh', 'z', 'u'),
    n('GlobalAveragePool', 'u', 'p'),
    n('Flatten', 'p', 'f'),
    n('Gemm', 'f w c', 'y', { transB: 1 }),
  ],
  {
    k: normal(random, 4, channels, 3, 2),
    b: normal(random, 4),
    s: normal(random, 4),
    t: normal(random, 4),
    mean: normal(random, 4),
    variance: positive(4),
    w: normal(random, 2, 4),
    c: normal(random, 2),
  },
  [4, 6, 5],
];

/** Gradients of each example, put together from their parts. */
async function partsOf(model: Model, x: Tensor, seed: Tensor) {
  const found = exampleGradients(model, { x: x.dims })!;
  const results = await evaluate(
    found.model,
    new Map([
      ['x', x],
      [found.seed, seed],
    ]),
  );
  const rows = (name: string, i: number): number[] =>
    numbersOf(example(results.find(one => one.name === name)!.tensor, i));
  return found.parts.map(({ left, right, ...part }) => ({
    ...part,
    of: (i: number): number[] =>
      left === undefined
        ? rows(right, i)
        : rows(left, i).flatMap(a => rows(right, i).map(b => a * b)),
  }));
}

/** One example of a batch, as a batch of its own. */
function example({ type, dims: [, ...dims], data }: Tensor, i: number): Tensor {
  const size = sizeOf(dims);
  return tensorOf(type, [1, ...dims], Array.from(data, Number).slice(i * size, (i + 1) * size));
}

/** onnxruntime convolves in single precision only. */
const single = ({ dims, data }: Tensor): Tensor =>
  tensorOf('float32', dims, Array.from(data, Number));

const sorted = (numbers: readonly number[]): number[] => numbers.toSorted((a, b) => a - b);

/** Parts of a batch against reverse mode for one example after the other. */
async function expectEach([nodes, constants, dims]: Network, outputs: number): Promise<void> {
  const weights = Object.entries(constants).map(([name, value]) => [name, single(value)] as const);
  const model = network(13, nodes, Object.fromEntries(weights), ['N', ...dims], 'float32');
  const x = single(normal(random, count, ...dims));
  const seed = single(normal(random, count, outputs));
  const parts = await partsOf(model, x, seed);
  const learned = Object.keys(constants).filter(name => !['mean', 'variance'].includes(name));
  expect(sortedNames(parts.map(({ parameter }) => parameter))).toEqual(sortedNames(learned));
  const { seeds, gradients, ...reverse } = differentiate(model, {
    wrt: parts.map(({ parameter }) => parameter),
  });
  for (let i = 0; i < count; i++) {
    const feeds = new Map([
      ['x', example(x, i)],
      [seeds[0], example(seed, i)],
    ]);
    const results = await evaluate(reverse.model, feeds);
    for (const [at, { of, size }] of parts.entries()) {
      const expected = numbersOf(results.find(({ name }) => name === gradients[at])!.tensor);
      expect(size).toBe(expected.length);
      // a weight that is turned has the numbers of its outer products in another order
      const found = sorted(of(i));
      sorted(expected).forEach((value, place) => expect(found[place]).toBeCloseTo(value, 4));
    }
  }
}

const sortedNames = (names: readonly string[]): string[] => names.toSorted();

test.each(Object.entries(networks))('%s', (_, one) =>
  expectEach(one, one[0].at(-1)!.operator === 'Add' ? 4 : 2),
);

test.each([
  ['pads', { pads: [1, 0, 2, 1] }, 4],
  ['strides', { strides: [2, 1] }, 4],
  ['dilations', { dilations: [2, 2] }, 4],
  ['groups', { group: 2 }, 2],
  ['a filter a channel', { group: 4, strides: [1, 2] }, 1],
])('a convolution with %s and its normalisation', (_, settings, channels) =>
  expectEach(convolution(settings, channels), 2),
);

test('of a linear layer the factors are the input and the seed', async () => {
  const w = tensorOf('float64', [2, 1], [3, 4]);
  const model = network(13, [n('MatMul', 'x w', 'y')], { w }, ['N', 2]);
  const x = tensorOf('float64', [2, 2], [1, 2, 5, 7]);
  const { parts, seed, model: derived } = exampleGradients(model, { x: [2, 2] })!;
  const feeds = new Map([
    ['x', x],
    [seed, tensorOf('float64', [2, 1], [1, 10])],
  ]);
  const results = await evaluate(derived, feeds);
  const numbers = (name = ''): number[] =>
    numbersOf(results.find(one => one.name === name)!.tensor);
  const [{ left, right }] = parts;
  expect([numbers(left), numbers(right)]).toEqual([
    [1, 2, 5, 7],
    [1, 10],
  ]);
});

test.each([
  ['a constant that two layers share', [n('Gemm', 'x w', 'h'), n('Gemm', 'h w', 'y')]],
  ['a constant that is computed', [n('Mul', 'w w', 'v'), n('Gemm', 'x v', 'y')]],
  ['no layer', [n('Tanh', 'x', 'y')]],
])('%s has no parts', (_, nodes) => {
  const model = network(13, nodes, { w: normal(random, 3, 3) }, ['N', 3]);
  expect(exampleGradients(model, { x: [2, 3] })).toBeUndefined();
});
