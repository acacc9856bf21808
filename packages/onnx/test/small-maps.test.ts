import { Random } from '@nads/linalg';
import { expectClose } from '@nads/testing';
import * as fc from 'fast-check';
import { Algebra } from '../src/algebra/algebra.js';
import type { Value } from '../src/algebra/known-values.js';
import type { AttributeLike } from '../src/attribute.js';
import { winogradConvolution } from '../src/formulas/winograd-convolution.js';
import { node, type Node } from '../src/graph.js';
import { withGraph, type Model } from '../src/model.js';
import { operatorOf } from '../src/operators/registry.js';
import { convolutionsOnSmallMaps } from '../src/small-convolutions.js';
import { floats, numbersOf, sizeOf, type Tensor } from '../src/tensor.js';
import { evaluate } from './gradient/expect-gradients.js';
import { small } from './gradient/windows.js';
import { modelOf } from './operators/one-node.js';

const random = new Random('small maps');

/** Normally distributed. */
function normal(dims: readonly number[], deviation = 1): Tensor {
  const data = new Float32Array(sizeOf(dims));
  random.fillNormal(data, 0, deviation);
  return floats(dims, data);
}

interface Layer {
  readonly channels: number;
  readonly filters: number;
  readonly sizes: readonly number[];
  readonly kernel: readonly number[];
  readonly bias?: boolean;
  readonly attributes?: Record<string, AttributeLike>;
}

const variables = ['input1', 'input2'];

/** A convolution whose weights are drawn and whose batch is free. */
function convolution(
  { channels, filters, sizes, kernel, bias = true, attributes }: Layer,
  opset = 17,
): Model {
  const group = Number(attributes?.group ?? 1);
  const weights = normal([filters, channels / group, ...kernel]);
  const constants = [weights, ...(bias ? [normal([filters])] : [])];
  const data = [floats([1, channels, ...sizes], new Float32Array(channels * sizeOf(sizes)))];
  const model = modelOf({ operator: 'Conv', data, constants, attributes }, opset);
  const [input] = model.graph.inputs;
  return withGraph(model, { inputs: [{ ...input, dims: ['N', channels, ...sizes] }] });
}

const rearranged = (model: Model): Model => convolutionsOnSmallMaps(model, variables);

const operators = ({ graph }: Model): string[] => graph.nodes.map(({ operator }) => operator);

/** The model with its node by Winograd's formula; undefined where that is for other nodes. */
function byWinograd(model: Model): Model | undefined {
  const g = new Algebra(withGraph(model, { nodes: [] }), operatorOf, variables);
  const [one] = model.graph.nodes;
  const output = formulaOf(g, one);
  if (output === undefined) return undefined;
  g.keep(node('Identity', [output], one.outputs));
  return withGraph(model, g.finish());
}

function formulaOf(g: Algebra, one: Node): Value | undefined {
  g.reserve(one.outputs);
  return winogradConvolution(g, one);
}

/** Asserts that two models give the same for one image and for three. */
async function expectSame(before: Model, after: Model, { channels, sizes }: Layer): Promise<void> {
  for (const images of [1, 3]) {
    const feeds = new Map([['input0', normal([images, channels, ...sizes])]]);
    const [[expected], [actual]] = await Promise.all(
      [before, after].map(model => evaluate(model, feeds)),
    );
    expect(actual.tensor.dims).toEqual(expected.tensor.dims);
    expectClose(numbersOf(actual.tensor), numbersOf(expected.tensor), { rtol: 1e-5, atol: 1e-5 });
  }
}

/** A window over an axis that is shorter than its reach as often as not, with uneven zeros around. */
const axis = fc
  .record({
    kernel: small(4),
    size: small(5),
    stride: small(3),
    dilation: small(2),
    begin: small(3, 0),
    end: small(3, 0),
  })
  .map(({ end, ...rest }) => {
    const missing = (rest.kernel - 1) * rest.dilation + 1 - rest.size - rest.begin;
    return { ...rest, end: Math.max(end, missing) };
  });

const layers = fc
  .record({
    axes: fc.array(axis, { minLength: 1, maxLength: 2 }),
    channels: small(3),
    filters: small(3),
    bias: fc.boolean(),
  })
  .map(({ axes, ...rest }) => ({
    ...rest,
    sizes: axes.map(({ size }) => size),
    kernel: axes.map(({ kernel }) => kernel),
    attributes: {
      strides: axes.map(({ stride }) => stride),
      dilations: axes.map(({ dilation }) => dilation),
      pads: [...axes.map(({ begin }) => begin), ...axes.map(({ end }) => end)],
    },
  }));

test('a convolution over a map no larger than its kernel is the matrix that it becomes', async () => {
  const within = layers.filter(({ sizes, kernel }) => sizeOf(sizes) <= sizeOf(kernel));
  await fc.assert(
    fc.asyncProperty(within, async layer => {
      const model = convolution(layer);
      const dense = rearranged(model);
      expect(operators(dense)).not.toContain('Conv');
      expect(operators(dense)).toContain('Gemm');
      await expectSame(model, dense, layer);
    }),
    { numRuns: 60, seed: 1 },
  );
});

test('one over a larger map that has few weights stays', () => {
  const beyond = layers.filter(({ sizes, kernel }) => sizeOf(sizes) > sizeOf(kernel));
  fc.assert(
    fc.property(beyond, layer => {
      const model = convolution(layer);
      expect(rearranged(model)).toBe(model);
    }),
    { numRuns: 30, seed: 1 },
  );
});

test('one in groups stays', () => {
  const layer = { channels: 4, filters: 4, sizes: [2, 2], kernel: [3, 3] };
  const attributes = { pads: [1, 1, 1, 1], group: 2 };
  const model = convolution({ ...layer, attributes });
  expect(rearranged(model)).toBe(model);
});

test('auto_pad counts', async () => {
  const layer = { channels: 2, filters: 3, sizes: [2, 3], kernel: [3, 3] };
  const model = convolution({ ...layer, attributes: { auto_pad: 'SAME_LOWER', strides: [2, 1] } });
  await expectSame(model, rearranged(model), layer);
});

test('a model in an opset before the operators that formulas need stays', () => {
  const layer = { channels: 2, filters: 3, sizes: [2, 2], kernel: [3, 3] };
  const model = convolution({ ...layer, attributes: { pads: [1, 1, 1, 1] } }, 12);
  expect(rearranged(model)).toBe(model);
});

test("a 3×3 convolution with stride 1 is what Winograd's formula gives", async () => {
  const sides = fc.tuple(small(2, 0), small(2, 0), small(2, 0), small(2, 0));
  const plain = fc.record({
    channels: small(3),
    filters: small(3),
    sizes: fc.tuple(small(7, 3), small(7, 3)),
    bias: fc.boolean(),
    kernel: fc.constant([3, 3]),
    attributes: sides.map(pads => ({ pads })),
  });
  await fc.assert(
    fc.asyncProperty(plain, async layer => {
      const model = convolution(layer);
      await expectSame(model, byWinograd(model)!, layer);
    }),
    { numRuns: 60, seed: 1 },
  );
});

test.each<[string, Partial<Layer>]>([
  ['strides', { attributes: { strides: [1, 2] } }],
  ['dilations', { attributes: { dilations: [2, 1] } }],
  ['groups', { attributes: { group: 2 } }],
  ['other kernels', { kernel: [3, 2] }],
  ['other axes', { sizes: [6], kernel: [3] }],
])("Winograd's formula leaves out %s", (_, other) => {
  const layer = { channels: 2, filters: 2, sizes: [6, 6], kernel: [3, 3] };
  expect(byWinograd(convolution({ ...layer, ...other }))).toBeUndefined();
});

const padded = { kernel: [3, 3], attributes: { pads: [1, 1, 1, 1] } };

test.each<[string, Layer, string[]]>([
  ['many weights over 4×4', { channels: 256, filters: 256, sizes: [4, 4], ...padded }, ['Gemm']],
  ['over 6×6', { channels: 256, filters: 256, sizes: [6, 6], ...padded }, ['Gemm']],
  ['over 8×8', { channels: 256, filters: 256, sizes: [8, 8], ...padded }, ['Conv']],
  ['half the weights', { channels: 128, filters: 256, sizes: [4, 4], ...padded }, ['Conv']],
  ['a narrow map', { channels: 256, filters: 256, sizes: [2, 8], ...padded }, ['Conv']],
  [
    'many weights and strides',
    {
      channels: 256,
      filters: 512,
      sizes: [8, 8],
      kernel: [3, 3],
      attributes: { pads: [1, 1, 1, 1], strides: [2, 2] },
    },
    ['MatMul', 'Gather'],
  ],
])('the arrangement follows from weights and map: %s', async (_, layer, expected) => {
  const model = convolution(layer);
  const after = rearranged(model);
  expect(operators(after)).toEqual(expect.arrayContaining(expected));
  if (after !== model) await expectNear(model, after, layer);
});

/** Asserts that two models with many channels differ by less than 2e-6 of the largest output. */
async function expectNear(before: Model, after: Model, { channels, sizes }: Layer) {
  const feeds = new Map([['input0', normal([2, channels, ...sizes])]]);
  const [[expected], [actual]] = await Promise.all(
    [before, after].map(model => evaluate(model, feeds)),
  );
  const error = largestError(numbersOf(actual.tensor), numbersOf(expected.tensor));
  expect(error).toBeLessThan(2e-6);
}

test("Winograd's formula with 512 channels is exact to 2e-6 of the largest output", async () => {
  const layer = { channels: 512, filters: 32, sizes: [4, 4], ...padded };
  const model = convolution(layer);
  const x = normal([1, 512, 4, 4]);
  const [{ tensor }] = await evaluate(byWinograd(model)!, new Map([['input0', x]]));
  const [weights, bias] = variables.map(name => model.graph.initializers.get(name)!);
  const exact = inDoublePrecision(...([x, weights, bias].map(numbersOf) as Numbers3), 512, 4);
  expect(largestError(numbersOf(tensor), exact)).toBeLessThan(2e-6);
});

type Numbers3 = [number[], number[], number[]];

const largestError = (actual: readonly number[], exact: readonly number[]): number =>
  largest(actual.map((y, i) => y - exact[i])) / largest(exact);

const largest = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** The 3×3 convolution of a square map with a border of one zero, by its definition. */
function inDoublePrecision(
  x: readonly number[],
  weights: readonly number[],
  bias: readonly number[],
  channels: number,
  size: number,
): number[] {
  const at = (c: number, i: number, j: number): number =>
    i < 0 || j < 0 || i >= size || j >= size ? 0 : x[(c * size + i) * size + j];
  return bias.flatMap((b, m) =>
    Array.from({ length: size * size }, (_, p) => {
      const [row, column] = [Math.floor(p / size), p % size];
      let sum = b;
      for (let k = 0; k < 9 * channels; k++) {
        const [c, tap] = [Math.floor(k / 9), k % 9];
        sum +=
          weights[m * 9 * channels + k] *
          at(c, row + Math.floor(tap / 3) - 1, column + (tap % 3) - 1);
      }
      return sum;
    }),
  );
}
