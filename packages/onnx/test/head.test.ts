import { expectClose } from '@nads/testing';
import { readFileSync } from 'node:fs';
import { attributes, float, type AttributeLike } from '../src/attribute.js';
import { node, type Node } from '../src/graph.js';
import { findHead, isHead, logits, trunk, type Head } from '../src/head.js';
import { inferShapes } from '../src/infer-shapes.js';
import type { Model } from '../src/model.js';
import { readModel } from '../src/read-model.js';
import { floats, integers, type Tensor } from '../src/tensor.js';
import { buildModel, normal, run, runFirst } from './build-model.js';

const layer = (
  operator: string,
  inputs: string[],
  output: string,
  values: Record<string, AttributeLike> = {},
): Node => node(operator, inputs, [output], attributes(values));

const find = (model: Model) => findHead(model, inferShapes(model));

const image = normal([2, 2, 4, 4], 'image');

const conv = layer('Conv', ['x', 'k'], 'c', { pads: [1, 1, 1, 1] });
const relu = layer('Relu', ['c'], 'r');
const flat = layer('Flatten', ['r'], 'f');
const wide = normal([48, 5], 'wide');
const b = normal([5], 'b');
const w1x1 = normal([5, 3, 1, 1], 'w');
const full = normal([5, 3, 4, 4], 'w');

/** A small network that ends in these nodes. */
const ending = (nodes: readonly Node[], initializers: Record<string, Tensor>): Model =>
  buildModel({
    nodes: [conv, relu, ...nodes],
    inputs: { x: image.dims },
    initializers: { k: normal([3, 2, 3, 3], 'k'), ...initializers },
  });

/** The weight of output i for feature j. */
type At = (i: number, j: number, size: number) => number;

const values = (tensor: Tensor): Float32Array => tensor.data as Float32Array;
const byColumns =
  (tensor: Tensor): At =>
  (i, j) =>
    values(tensor)[5 * j + i];
const byRows =
  (tensor: Tensor): At =>
  (i, j, size) =>
    values(tensor)[size * i + j];

/** Asserts that logits are W·features + b on onnxruntime. */
async function expectLinear(model: Model, weight: At, bias: Tensor | undefined): Promise<Head> {
  const head = find(model);
  if (!isHead(head)) throw new Error(head.obstacle);
  const features = (await run(trunk(model, head), { x: image }))['nads/features'];
  expect(features.dims).toEqual([2, head.size]);
  const phi = features.data as Float32Array;
  const expected = [0, 1].flatMap(image =>
    Array.from({ length: head.outputs }, (_, i) => {
      let sum = bias ? values(bias)[i] : 0;
      for (let j = 0; j < head.size; j++)
        sum += weight(i, j, head.size) * phi[image * head.size + j];
      return sum;
    }),
  );
  const actual = (await run(logits(model, head), { x: image }))['nads/logits'];
  expect(actual.dims).toEqual([2, head.outputs]);
  expectClose(actual.data as Float32Array, expected, { rtol: 1e-4, atol: 1e-4 });
  return head;
}

const pool = layer('GlobalAveragePool', ['h'], 'p');
const mean = (axes: number[], keepdims = 0): Node =>
  layer('ReduceMean', ['h'], 'p', { axes, keepdims });
const average = (kernel_shape: number[], more = {}): Node =>
  layer('AveragePool', ['h'], 'p', { kernel_shape, ...more });
const point = layer('Conv', ['r', 'w', 'b'], 'h');

describe('a head is found', () => {
  const cases: [string, Node[], Record<string, Tensor>, At, Tensor | undefined, Head['pooling']][] =
    [
      [
        'in Gemm',
        [flat, layer('Gemm', ['f', 'w', 'b'], 'y')],
        { w: wide, b },
        byColumns(wide),
        b,
        'none',
      ],
      [
        'in transposed Gemm',
        [flat, layer('Gemm', ['f', 'w', 'b'], 'y', { transB: 1 })],
        { w: normal([5, 48], 'w'), b },
        byRows(normal([5, 48], 'w')),
        b,
        'none',
      ],
      [
        'in MatMul',
        [flat, layer('MatMul', ['f', 'w'], 'y')],
        { w: wide },
        byColumns(wide),
        undefined,
        'none',
      ],
      [
        'in MatMul and Add',
        [flat, layer('MatMul', ['f', 'w'], 'h'), layer('Add', ['b', 'h'], 'y')],
        { w: wide, b },
        byColumns(wide),
        b,
        'none',
      ],
      [
        'in a convolution before global pooling',
        [point, pool],
        { w: w1x1, b },
        byRows(w1x1),
        b,
        'average',
      ],
      [
        'in a convolution before a mean',
        [point, mean([2, 3])],
        { w: w1x1, b },
        byRows(w1x1),
        b,
        'average',
      ],
      [
        'in a convolution before a full average',
        [point, average([4, 4])],
        { w: w1x1, b },
        byRows(w1x1),
        b,
        'average',
      ],
      [
        'in a convolution with its bias behind it',
        [layer('Conv', ['r', 'w'], 'g'), layer('Add', ['g', 'column'], 'h'), pool],
        { w: w1x1, column: floats([5, 1, 1], values(b)) },
        byRows(w1x1),
        b,
        'average',
      ],
      [
        'in a convolution over all of space',
        [layer('Conv', ['r', 'w', 'b'], 'y')],
        { w: full, b },
        byRows(full),
        b,
        'flatten',
      ],
      [
        'behind a constant weight that is handed on',
        [
          flat,
          layer('Transpose', ['v'], 'w'),
          layer('Identity', ['w'], 'i'),
          layer('MatMul', ['f', 'i'], 'y'),
        ],
        { v: normal([5, 48], 'w') },
        byRows(normal([5, 48], 'w')),
        undefined,
        'none',
      ],
    ];

  test.each(cases)('%s', async (_, nodes, given, weight, bias, pooling) => {
    const head = await expectLinear(ending(nodes, given), weight, bias);
    expect(head.pooling).toBe(pooling);
  });

  test.each<[string, Node[], string[]]>([
    ['Softmax', [layer('Softmax', ['h'], 'y')], ['Softmax']],
    [
      'Sigmoid and Identity',
      [layer('Sigmoid', ['h'], 'i'), layer('Identity', ['i'], 'y')],
      ['Sigmoid', 'Identity'],
    ],
    [
      'Reshape and LogSoftmax',
      [layer('Reshape', ['h', 's'], 'i'), layer('LogSoftmax', ['i'], 'y')],
      ['Reshape', 'LogSoftmax'],
    ],
    ['Dropout', [layer('Dropout', ['h'], 'y')], ['Dropout']],
    ['Cast', [layer('Cast', ['h'], 'y', { to: 1 })], ['Cast']],
    ['Flatten', [layer('Flatten', ['h'], 'y')], ['Flatten']],
    [
      'Unsqueeze and Squeeze',
      [layer('Unsqueeze', ['h', 'a'], 'i'), layer('Squeeze', ['i', 'a'], 'y')],
      ['Unsqueeze', 'Squeeze'],
    ],
  ])('behind %s', async (_, nodes, behind) => {
    const given = { w: wide, b, s: integers([0, -1]), a: integers([2]) };
    const model = ending([flat, layer('Gemm', ['f', 'w', 'b'], 'h'), ...nodes], given);
    expect((await expectLinear(model, byColumns(wide), b)).behind).toEqual(behind);
  });

  test('not behind a Cast that cuts fractions off', () => {
    const cut = [layer('Cast', ['h'], 'i', { to: 6 }), layer('Cast', ['i'], 'y', { to: 1 })];
    const model = ending([flat, layer('Gemm', ['f', 'w', 'b'], 'h'), ...cut], { w: wide, b });
    expect(find(model)).toHaveProperty('obstacle');
  });

  test('behind Softmax, Flatten and pooling', async () => {
    const nodes = [point, pool, layer('Flatten', ['p'], 'q'), layer('Softmax', ['q'], 'y')];
    const head = await expectLinear(ending(nodes, { w: w1x1, b }), byRows(w1x1), b);
    expect(head.behind).toEqual(['GlobalAveragePool', 'Flatten', 'Softmax']);
  });

  test('where other nodes read its maps as well', async () => {
    const model = ending([point, pool, layer('Relu', ['h'], 'map')], { w: w1x1, b });
    const both = { ...model, graph: { ...model.graph, outputs: [{ name: 'p' }, { name: 'map' }] } };
    await expectLinear(both, byRows(w1x1), b);
  });

  test.each(['lenet', 'logistic-regression', 'vgg11-1x32x32', 'densenet121-1x32x32'])(
    'in %s',
    name => {
      const model = readModel(
        readFileSync(new URL(`../../../models/${name}.onnx`, import.meta.url)),
      );
      const dims = { [model.graph.inputs[0].name]: [1, 1, 32, 32] };
      expect(findHead(model, inferShapes(model, dims))).toMatchObject({ weight: 1 });
    },
  );
});

const product = layer('MatMul', ['f', 'w'], 'h');
const statistics = {
  s: floats([5], [2, 1, 1, 1, 1]),
  t: normal([5], 't'),
  u: b,
  v: floats([5], [4, 1, 1, 2, 3]),
};
const normalised = ['h', 's', 't'];

describe('a head whose products are scaled', () => {
  const last = layer('Transpose', ['r'], 'l', { perm: [0, 2, 3, 1] });
  const places = normal([1, 1, 3, 5], 'places');

  test.each<[string, Node[], Record<string, Tensor>, number]>([
    [
      'in Gemm',
      [flat, layer('Gemm', ['f', 'w', 'b'], 'y', { alpha: float(0.5), beta: float(3) })],
      { w: wide, b },
      0.5,
    ],
    [
      'by batch normalisation of vectors',
      [
        flat,
        product,
        layer('BatchNormalization', [...normalised, 'u', 'v'], 'y', { epsilon: float(5) }),
      ],
      { w: wide, ...statistics },
      2 / 3,
    ],
    [
      'by batch normalisation of maps that are averaged',
      [
        point,
        layer('BatchNormalization', [...normalised, 'u', 'v'], 'n', { epsilon: float(5) }),
        layer('GlobalAveragePool', ['n'], 'y'),
      ],
      { w: w1x1, b, ...statistics },
      2 / 3,
    ],
    [
      'by a temperature, then turned and shifted',
      [
        flat,
        product,
        layer('Div', ['h', 'four'], 'i'),
        layer('Neg', ['i'], 'j'),
        layer('Sub', ['b', 'j'], 'shifted'),
        layer('Mul', ['v', 'shifted'], 'l'),
        layer('Softmax', ['l'], 'y'),
      ],
      { w: wide, b, four: floats([], [4]), v: floats([5], [8, 1, 1, 1, 1]) },
      2,
    ],
    [
      'not by a matrix of more axes',
      [layer('Reshape', ['r', 'shape'], 'f'), layer('MatMul', ['f', 'w'], 'y')],
      { w: floats([1, 1, 48, 5], values(wide)), shape: integers([0, 1, 1, 48]) },
      1,
    ],
    [
      'not by a matrix at each place',
      [
        last,
        layer('MatMul', ['l', 'w'], 'm'),
        layer('ReduceMean', ['m'], 'y', { axes: [1, 2], keepdims: 0 }),
      ],
      { w: places },
      1,
    ],
  ])('%s', async (_, nodes, given, factor) => {
    const model = ending(nodes, given);
    const head = find(model);
    if (!isHead(head)) throw new Error(head.obstacle);
    expect(head.factor).toBeCloseTo(factor, 6);
    const [features, outputs] = await Promise.all([
      run(trunk(model, head), { x: image }),
      run(logits(model, head), { x: image }),
    ]);
    const phi = features['nads/features'];
    expect(phi.dims).toEqual([2, head.size]);
    const weight = given.w;
    const at = (j: number) =>
      values(weight)[weight.dims.length === 4 && weight === w1x1 ? j : 5 * j];
    const row = (data: Float32Array, i: number, size: number) =>
      data.subarray(i * size, (i + 1) * size);
    const [one, two] = [0, 1].map(i => row(phi.data as Float32Array, i, head.size));
    const [y, z] = [0, 1].map(i => (outputs['nads/logits'].data as Float32Array)[5 * i]);
    const difference = one.reduce((sum, x, j) => sum + (x - two[j]) * at(j), 0);
    expectClose([y - z], [factor * difference], { rtol: 1e-4, atol: 1e-4 });
  });
});

describe('there is no linear head', () => {
  const refused = (nodes: Node[], given: Record<string, Tensor>): unknown =>
    find(ending(nodes, { ...given, b }));
  const activated = [point, layer('Relu', ['h'], 'a'), layer('GlobalAveragePool', ['a'], 'y')];

  test.each<[string, Node[], Record<string, Tensor>, string]>([
    ['behind ReLU', activated, { w: w1x1 }, "'a' (Relu)"],
    [
      'where outputs change places',
      [flat, layer('MatMul', ['f', 'w'], 'm'), layer('Transpose', ['m'], 't')],
      { w: wide },
      "'t' (Transpose)",
    ],
    [
      'behind an operator of another domain',
      [
        flat,
        layer('MatMul', ['f', 'w'], 'm'),
        node('Identity', ['m'], ['i'], new Map(), { name: 'i', domain: 'org.example' }),
      ],
      { w: wide },
      "'i' (Identity)",
    ],
    [
      'where the average leaves pixels out',
      [point, average([3, 3], { strides: [2, 2] })],
      { w: w1x1 },
      "'p' (AveragePool)",
    ],
    [
      'where the average counts pads',
      [point, average([4, 4], { pads: [1, 1, 1, 1], strides: [4, 4], count_include_pad: 1 })],
      { w: w1x1 },
      "'p' (AveragePool)",
    ],
    ['where channels are averaged', [point, mean([1, 2, 3])], { w: w1x1 }, "'p' (ReduceMean)"],
    [
      'where probabilities are averaged',
      [point, layer('Softmax', ['h'], 's', { axis: 1 }), layer('GlobalAveragePool', ['s'], 'y')],
      { w: w1x1 },
      "'s' (Softmax)",
    ],
    [
      'where the map is wider than a pixel',
      [layer('Conv', ['r', 'w'], 'h', { pads: [1, 1, 1, 1] }), pool],
      { w: normal([5, 3, 3, 3]) },
      "'h' (Conv)",
    ],
    [
      'where the weight is computed',
      [flat, layer('Transpose', ['f'], 't'), layer('MatMul', ['f', 't'], 'y')],
      {},
      "'y' (MatMul)",
    ],
    [
      'where the bias is computed',
      [flat, layer('MatMul', ['f', 'w'], 'm'), layer('Gemm', ['f', 'w', 'm'], 'y')],
      { w: wide },
      "'y' (Gemm)",
    ],
    [
      'where products are scaled by nothing',
      [flat, layer('Gemm', ['f', 'w'], 'y', { alpha: float(0) })],
      { w: wide },
      "'y' (Gemm)",
    ],
    [
      'behind batch normalisation in training',
      [
        flat,
        product,
        layer('BatchNormalization', [...normalised, 'u', 's'], 'y', { training_mode: 1 }),
      ],
      { w: wide, ...statistics },
      "'y' (BatchNormalization)",
    ],
    [
      'where each image is scaled by another number',
      [flat, product, layer('Mul', ['h', 'each'], 'y')],
      { w: wide, each: normal([2, 1]) },
      "'y' (Mul)",
    ],
    [
      'where each place is scaled by another number',
      [point, layer('Mul', ['h', 'places'], 'i'), layer('GlobalAveragePool', ['i'], 'y')],
      { w: w1x1, places: normal([4, 4]) },
      "'i' (Mul)",
    ],
    [
      'where a constant is divided',
      [flat, product, layer('Div', ['u', 'h'], 'y')],
      { w: wide, u: b },
      "'y' (Div)",
    ],
    [
      'where maps are averaged over channels and columns',
      [layer('Conv', ['r', 'w'], 'h'), layer('ReduceMean', ['h'], 'y', { axes: [1, 2] })],
      { w: normal([4, 3, 1, 1]) },
      "'h' (Conv)",
    ],
    [
      'where outputs of a matrix are averaged',
      [
        flat,
        layer('MatMul', ['f', 'w'], 'm'),
        layer('Reshape', ['m', 'shape'], 'i'),
        layer('GlobalAveragePool', ['i'], 'y'),
      ],
      { w: wide, shape: integers([0, 1, 5, 1]) },
      "'m' (MatMul)",
    ],
    [
      'where rows are several',
      [layer('MatMul', ['r', 'w'], 'y')],
      { w: normal([4, 5]) },
      "'y' (MatMul)",
    ],
  ])('%s', (_, nodes, given, at) => {
    expect(refused(nodes, given)).toEqual({
      obstacle: `the last layer is not linear: ${at} follows it`,
    });
  });

  test('without layers', () => {
    expect(find(buildModel({ nodes: [layer('Identity', ['x'], 'y')] }))).toEqual({
      obstacle: 'no layer with weights between input and output',
    });
  });

  test('and the logits are the outputs', async () => {
    const model = ending(activated, { w: w1x1, b });
    const found = logits(model, find(model));
    expect(await runFirst(found, { x: image })).toEqual(await runFirst(model, { x: image }));
  });

  test('weights of the last layer that are computed from constants are no head', () => {
    const nodes = [flat, layer('Neg', ['w'], 'v'), layer('MatMul', ['f', 'v'], 'y')];
    expect(refused(nodes, { w: wide })).toEqual({
      obstacle: "the weights of the last layer 'y' (MatMul) are computed from constants",
    });
  });
});

test('a model may have values that are called like those of the head', async () => {
  const model = buildModel({
    nodes: [
      node('Relu', ['x'], ['nads/features']),
      node('Relu', ['nads/features'], ['nads/logits']),
      node('Flatten', ['nads/logits'], ['flat']),
      node('MatMul', ['flat', 'w'], ['y']),
    ],
    initializers: { w: normal([4, 2]) },
    inputs: { x: [2, 1, 2, 2] },
  });
  const head = find(model);
  if (!isHead(head)) throw new Error(head.obstacle);
  const fed = { x: normal([2, 1, 2, 2]) };
  expect(Object.keys(await run(trunk(model, head), fed))).toEqual(['nads/features_1']);
  expect(Object.keys(await run(logits(model, head), fed))).toEqual(['nads/logits_1']);
});
