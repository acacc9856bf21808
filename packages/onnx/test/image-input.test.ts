import { attributes, type AttributeLike } from '../src/attribute.js';
import { node, type Dimension, type Node } from '../src/graph.js';
import { batchDims, imageInput } from '../src/image-input.js';
import type { Model } from '../src/model.js';
import { buildModel, normal } from './build-model.js';

const layer = (
  operator: string,
  inputs: string[],
  output: string,
  values: Record<string, AttributeLike> = {},
): Node => node(operator, inputs, [output], attributes(values));

const modelOf = (dims: readonly Dimension[], nodes = [layer('Relu', ['x'], 'y')]): Model =>
  buildModel({
    nodes,
    inputs: { x: dims },
    initializers: { w: normal([2, 3, 3, 3]), mean: normal([3]) },
  });

const conv = (input: string): Node => layer('Conv', [input, 'w'], 'y');
const toNchw = layer('Transpose', ['n'], 't', { perm: [0, 3, 1, 2] });

test('a convolution that reads the input makes it NCHW', () => {
  expect(imageInput(modelOf([1, 3, 32, 24], [conv('x')]))).toEqual({
    name: 'x',
    layout: 'NCHW',
    reason: "axis 1 of the input is the channel axis of 'y' (Conv)",
    batch: 1,
    channels: 3,
    height: 32,
    width: 24,
  });
});

test('a transposition before the convolution makes it NHWC, also behind a normalisation', () => {
  const nodes = [
    layer('Sub', ['x', 'mean'], 'm'),
    layer('Identity', ['m'], 'n'),
    toNchw,
    conv('t'),
  ];
  expect(imageInput(modelOf(['N', 32, 24, 3], nodes))).toMatchObject({
    layout: 'NHWC',
    reason: "axis 3 of the input is the channel axis of 'y' (Conv)",
    batch: undefined,
    channels: 3,
    height: 32,
    width: 24,
  });
});

test('two transpositions cancel', () => {
  const back = layer('Transpose', ['x'], 'n', { perm: [0, 2, 3, 1] });
  expect(imageInput(modelOf([1, 3, 8, 8], [back, toNchw, conv('t')])).layout).toBe('NCHW');
});

test.each([
  'AveragePool',
  'Conv',
  'ConvTranspose',
  'GlobalAveragePool',
  'GlobalLpPool',
  'GlobalMaxPool',
  'LpPool',
  'MaxPool',
])('%s knows the axis of channels', operator => {
  const nodes = [layer('Identity', ['x'], 'n'), toNchw, layer(operator, ['t', 'w'], 'y')];
  expect(imageInput(modelOf(['N', 3, 3, 32], nodes))).toMatchObject({
    layout: 'NHWC',
    reason: `axis 3 of the input is the channel axis of 'y' (${operator})`,
  });
});

test.each([
  'Add',
  'BatchNormalization',
  'Cast',
  'Clip',
  'Div',
  'Dropout',
  'Identity',
  'Mul',
  'Neg',
  'Pad',
  'Relu',
  'Softmax',
  'Sub',
  'Where',
])('the channels are seen past %s', operator => {
  const nodes = [layer(operator, ['x'], 'n'), toNchw, conv('t')];
  expect(imageInput(modelOf(['N', 3, 3, 32], nodes)).layout).toBe('NHWC');
});

test.each(['Reshape', 'Flatten', 'Gather', 'Concat'])(
  'the channels are not seen past %s',
  operator => {
    const nodes = [layer(operator, ['x'], 'n'), toNchw, conv('t')];
    expect(imageInput(modelOf(['N', 3, 3, 32], nodes)).reason).toContain('no convolution');
  },
);

test('nor past a transposition to other axes, or what has the name of a convolution only', () => {
  const fewer = layer('Transpose', ['x'], 'n', { perm: [0, 2, 1] });
  const foreign = node('Conv', ['x', 'w'], ['y'], new Map(), { domain: 'com.microsoft' });
  for (const nodes of [[fewer, toNchw, conv('t')], [foreign]])
    expect(imageInput(modelOf(['N', 3, 3, 32], nodes)).reason).toContain('no convolution');
});

test.each<[readonly Dimension[], string]>([
  [[1, 3, 32, 32], 'NCHW'],
  [['N', 32, 32, 3], 'NHWC'],
  [[1, 28, 28, 1], 'NHWC'],
  [[1, 1, 28, 1], 'NCHW'],
  [[1, 8, 32, 32], 'NCHW'],
])('dims %j alone read as %s', (dims, layout) => {
  expect(imageInput(modelOf(dims)).layout).toBe(layout);
});

test('layout and size can be given', () => {
  const given = imageInput(modelOf([1, 32, 24, 3]), { layout: 'NCHW', size: [10, 12] });
  expect(given).toMatchObject({
    layout: 'NCHW',
    reason: 'as given',
    channels: 32,
    height: 10,
    width: 12,
  });
  expect(imageInput(modelOf(['N', 3, 'H', undefined]), { size: [10, 12] }).width).toBe(12);
});

test('a batch of the images is in the order of the layout', () => {
  const image = imageInput(modelOf([1, 32, 24, 3]));
  expect(batchDims(image, 7)).toEqual([7, 32, 24, 3]);
  expect(batchDims({ ...image, layout: 'NCHW' }, 7)).toEqual([7, 3, 32, 24]);
});

test('initializers listed as inputs are no inputs', () => {
  const model = buildModel({
    nodes: [conv('x')],
    inputs: { w: [2, 3, 3, 3], x: [1, 3, 8, 8] },
    initializers: { w: normal([2, 3, 3, 3]) },
  });
  expect(imageInput(model).name).toBe('x');
});

describe('it is refused', () => {
  const two = buildModel({
    nodes: [layer('Add', ['x', 'z'], 'y')],
    inputs: { x: [1, 3, 8, 8], z: [1, 3, 8, 8] },
  });
  const none = buildModel({
    nodes: [layer('Identity', ['w'], 'y')],
    inputs: {},
    initializers: { w: normal([1]) },
  });
  const typed = (type: 'uint8' | undefined): Model =>
    buildModel({
      nodes: [layer('Relu', ['x'], 'y')],
      graph: { inputs: [{ name: 'x', type, dims: [1, 3, 8, 8] }] },
    });

  test.each<[string, Model, string]>([
    [
      'where there are several inputs',
      two,
      "expected one input, found 2 ('x', 'z'); cut the model to one image input",
    ],
    ['where there is none', none, 'expected one input, found none; cut'],
    [
      'where it takes integers',
      typed('uint8'),
      "input 'x' takes uint8, not floating-point images; export",
    ],
    ['where it takes no tensor', typed(undefined), "input 'x' takes sequences or maps"],
    [
      'where it is no image',
      modelOf([1, 10]),
      "no image input: 'x' has dims [1, 10], images have four axes",
    ],
    [
      'where its size is free',
      modelOf(['N', 3, 'H', undefined]),
      "`size`: input 'x' [N, 3, H, ?] leaves the image size free; give one",
    ],
    ['where its size is negative', modelOf([1, 3, -1, -1]), 'leaves the image size free'],
    [
      'where its channels are free',
      modelOf([1, 'C', 8, 8]),
      "input 'x' [1, C, 8, 8] read as NCHW has no fixed number of channels",
    ],
  ])('%s', (_, model, problem) => {
    expect(() => imageInput(model)).toThrow(problem);
  });
});

describe('channels that the file leaves free are those that the first convolution takes', () => {
  const free = ['N', 'C', 'H', 'W'];
  const size = [8, 6] as const;

  test('as its weights say, whatever its groups', () => {
    expect(imageInput(modelOf(free, [conv('x')]), { size })).toMatchObject({
      layout: 'NCHW',
      channels: 3,
      height: 8,
      width: 6,
    });
    const grouped = layer('Conv', ['x', 'w'], 'y', { group: 2 });
    expect(imageInput(modelOf(free, [grouped]), { size }).channels).toBe(6);
    const transposed = layer('ConvTranspose', ['x', 'w'], 'y');
    expect(imageInput(modelOf(free, [transposed]), { size }).channels).toBe(2);
  });

  test('behind a transposition, a normalisation and a pool', () => {
    const nodes = [
      layer('Sub', ['x', 'mean'], 'n'),
      toNchw,
      layer('MaxPool', ['t'], 'p', { kernel_shape: [2, 2] }),
      conv('p'),
    ];
    expect(imageInput(modelOf(free, nodes), { size })).toMatchObject({
      layout: 'NHWC',
      channels: 3,
      height: 8,
      width: 6,
    });
  });

  test('also where the weights are computed, or the layout is given', () => {
    const computed = layer('Mul', ['w', 'w'], 'squares');
    const nodes = [computed, layer('Conv', ['x', 'squares'], 'y')];
    expect(imageInput(modelOf(free, nodes), { size, layout: 'NCHW' }).channels).toBe(3);
  });

  test('without a convolution, that is said', () => {
    expect(() => imageInput(modelOf(free), { size })).toThrow(
      "input 'x' [N, C, H, W] read as NCHW has no fixed number of channels, and no convolution reads it whose weights say it",
    );
  });
});
