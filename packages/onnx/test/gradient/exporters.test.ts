import { Random } from '@nads/linalg';
import { float } from '../../src/attribute.js';
import type { Model } from '../../src/model.js';
import { tensorOf } from '../../src/tensor.js';
import { whole } from '../operators/one-node.js';
import { normal } from './expect-gradients.js';
import { expectRight, n, network } from './network.js';

// What exporters write around and instead of the operators that people think of.

const random = new Random('exporters');
const x = (...dims: number[]) => normal(random, ...dims);
const single = (...dims: number[]) =>
  tensorOf(
    'float32',
    dims,
    (normal(random, ...dims).data as Float64Array).map(v => 0.3 * v),
  );
const scalar = (value: number) => tensorOf('float64', [], [value]);

test('dynamo: a token stretched to a batch that Shape reads, heads by Split with num_outputs', async () => {
  const model = network(
    18,
    [
      n('Shape', 'x', 'batch', { start: 0, end: 1 }),
      n('Concat', 'batch one one_width', 'token_shape', { axis: 0 }),
      n('Expand', 'token token_shape', 'tokens'),
      n('Concat', 'tokens x', 'all', { axis: 1 }),
      n('Add', 'all places', 'h'),
      n('LayerNormalization', 'h scale shift', 'normal', { axis: -1, epsilon: float(1e-6) }),
      n('MatMul', 'normal w', 'qkv'),
      n('Split', 'qkv', 'q k v', { axis: -1, num_outputs: 3 }),
      n('Concat', 'batch heads', 'apart', { axis: 0 }),
      n('Reshape', 'q apart', 'q4'),
      n('Reshape', 'k apart', 'k4'),
      n('Reshape', 'v apart', 'v4'),
      n('Transpose', 'q4', 'qt', { perm: [0, 2, 1, 3] }),
      n('Transpose', 'k4', 'kt', { perm: [0, 2, 3, 1] }),
      n('Transpose', 'v4', 'vt', { perm: [0, 2, 1, 3] }),
      n('MatMul', 'qt kt', 'scores'),
      n('Softmax', 'scores', 'p', { axis: -1 }),
      n('IsNaN', 'p', 'nan'),
      n('Where', 'nan zero p', 'safe'),
      n('MatMul', 'safe vt', 'o'),
      n('Transpose', 'o', 'ot', { perm: [0, 2, 1, 3] }),
      n('Reshape', 'ot flat', 'f', { allowzero: 1 }),
      n('Gather', 'f first', 'y', { axis: 1 }),
    ],
    {
      one: whole([1]),
      one_width: whole([4]),
      heads: whole([-1, 2, 2]),
      flat: whole([-1, 4, 4]),
      first: whole([0], 'int64', []),
      zero: scalar(0),
      token: x(1, 1, 4),
      places: x(1, 4, 4),
      scale: x(4),
      shift: x(4),
      w: x(4, 12),
    },
    ['s0', 3, 4],
  );
  await expectRight(model, batch => x(batch, 3, 4));
});

test('dynamo: a local function, CastLike, ReduceMean with axes as input, rsqrt in parts', async () => {
  const local: Model = {
    ...network(18, [n('rms', 'x w', 'y', {}, 'local')], { w: x(4) }, ['s0', 3, 4]),
    opsets: new Map([
      ['', 18],
      ['local', 1],
    ]),
    functions: [
      {
        name: 'rms',
        domain: 'local',
        overload: '',
        inputs: ['a', 'weight'],
        outputs: ['r'],
        defaults: new Map(),
        opsets: new Map([['', 18]]),
        nodes: [
          n('Constant', '', 'two', { value: { type: 'tensor', value: scalar(2) } }),
          n('Constant', '', 'axes', { value_ints: [-1] }),
          n('Constant', '', 'small', { value_float: float(1e-5) }),
          n('CastLike', 'small a', 'epsilon'),
          n('Pow', 'a two', 'squared'),
          n('ReduceMean', 'squared axes', 'mean', { keepdims: 1 }),
          n('Add', 'mean epsilon', 'm'),
          n('Sqrt', 'm', 's'),
          n('Reciprocal', 's', 'rsqrt'),
          n('Mul', 'a rsqrt', 'normal'),
          n('Mul', 'normal weight', 'r'),
        ],
      },
    ],
  };
  await expectRight(local, batch => x(batch, 3, 4));
});

test('dynamo: windows rolled by slices, a mask written by ScatterND, rotated halves', async () => {
  const model = network(
    18,
    [
      n('Slice', 'x from1 to9 axis1', 'tail'),
      n('Slice', 'x from0 to1 axis1', 'head'),
      n('Concat', 'tail head', 'rolled', { axis: 1 }),
      n('Slice', 'rolled from0 to2 axis2', 'a'),
      n('Slice', 'rolled from2 to9 axis2', 'b'),
      n('Neg', 'b', 'minus'),
      n('Concat', 'minus a', 'half', { axis: -1 }),
      n('Mul', 'half sin', 'hs'),
      n('Mul', 'rolled cos', 'rc'),
      n('Add', 'hs rc', 'turned'),
      n('Einsum', 'turned w', 'e', { equation: 'nij,jk->nik' }),
      n('ScatterND', 'zeros places values', 'mask'),
      n('Cast', 'mask', 'kept', { to: 9 }),
      n('Where', 'kept e floor', 'y'),
    ],
    {
      from0: whole([0]),
      from1: whole([1]),
      from2: whole([2]),
      to1: whole([1]),
      to2: whole([2]),
      to9: whole([9223372036854775000]),
      axis1: whole([1]),
      axis2: whole([-1]),
      sin: x(3, 4),
      cos: x(3, 4),
      w: x(4, 2),
      zeros: tensorOf('float32', [3, 2], [0, 0, 0, 0, 0, 0]),
      places: whole([0, 1, 2, 0], 'int64', [2, 2]),
      values: tensorOf('float32', [2], [1, 1]),
      floor: scalar(-7),
    },
    ['s0', 3, 4],
  );
  await expectRight(model, batch => x(batch, 3, 4));
});

test('keras: NHWC, SAME_UPPER with strides, depthwise, batch-norm in parts, squeeze and excite', async () => {
  const model = network(
    13,
    [
      n('Transpose', 'x', 'nchw', { perm: [0, 3, 1, 2] }),
      n('Conv', 'nchw w1', 'c1', { auto_pad: 'SAME_UPPER', strides: [2, 2] }),
      n('Sub', 'c1 mean', 'centred'),
      n('Add', 'variance small', 've'),
      n('Sqrt', 've', 'sd'),
      n('Reciprocal', 'sd', 'rsqrt'),
      n('Mul', 'rsqrt gamma', 'slope'),
      n('Mul', 'centred slope', 'scaled'),
      n('Add', 'scaled beta', 'bn'),
      n('Add', 'bn three', 'plus3'),
      n('Clip', 'plus3 zero six', 'relu6'),
      n('Mul', 'bn relu6', 'product'),
      n('Div', 'product six', 'hswish'),
      n('Conv', 'hswish w2', 'c2', { auto_pad: 'SAME_UPPER', group: 4, strides: [2, 2] }),
      n('Transpose', 'c2', 'nhwc', { perm: [0, 2, 3, 1] }),
      n('ReduceMean', 'nhwc', 'pooled', { axes: [1, 2], keepdims: 1 }),
      n('Transpose', 'pooled', 'squeezed', { perm: [0, 3, 1, 2] }),
      n('Conv', 'squeezed w3', 'c3'),
      n('Sigmoid', 'c3', 'gate'),
      n('Mul', 'c2 gate', 'excited'),
      n('Transpose', 'excited', 'back', { perm: [0, 2, 3, 1] }),
      n('Shape', 'back', 'shape'),
      n('Slice', 'shape from to', 'batch'),
      n('Concat', 'batch rest', 'flat', { axis: 0 }),
      n('Reshape', 'back flat', 'f'),
      n('MatMul', 'f w4', 'y'),
    ],
    {
      w1: single(4, 3, 3, 3),
      w2: single(4, 1, 3, 3),
      w3: single(4, 4, 1, 1),
      w4: single(8, 2),
      mean: single(4, 1, 1),
      variance: tensorOf('float32', [4, 1, 1], [0.5, 1, 1.5, 2]),
      gamma: single(4, 1, 1),
      beta: single(4, 1, 1),
      small: tensorOf('float32', [], [1e-3]),
      three: tensorOf('float32', [], [3]),
      zero: tensorOf('float32', [], [0]),
      six: tensorOf('float32', [], [6]),
      from: whole([0]),
      to: whole([1]),
      rest: whole([8]),
    },
    ['unk', 6, 4, 3],
    'float32',
  );
  await expectRight(model, batch => single(batch, 6, 4, 3));
});

test('keras: a decoder that resizes to twice the sizes that Shape reads and joins branches', async () => {
  const model = network(
    13,
    [
      n('Transpose', 'x', 'nchw', { perm: [0, 3, 1, 2] }),
      n('Shape', 'nchw', 'shape'),
      n('Slice', 'shape two four', 'space'),
      n('Mul', 'space twice', 'doubled'),
      n('Slice', 'shape zero two', 'front'),
      n('Concat', 'front doubled', 'sizes', { axis: 0 }),
      n('Resize', 'nchw   sizes', 'large', {
        mode: 'linear',
        coordinate_transformation_mode: 'half_pixel',
      }),
      n('ConvTranspose', 'nchw w', 'up', { strides: [2, 2], auto_pad: 'SAME_UPPER' }),
      n('Concat', 'large up', 'both', { axis: 1 }),
      n('Pad', 'both pads', 'padded'),
      n('AveragePool', 'padded', 'pooled', {
        kernel_shape: [3, 3],
        strides: [2, 2],
        auto_pad: 'SAME_UPPER',
      }),
      n('DepthToSpace', 'pooled', 'y', { blocksize: 2, mode: 'DCR' }),
    ],
    {
      zero: whole([0]),
      two: whole([2]),
      four: whole([4]),
      twice: whole([2, 2]),
      pads: whole([0, 0, 0, 1, 0, 0, 1, 0]),
      w: single(2, 2, 3, 3),
    },
    ['unk', 3, 5, 2],
    'float32',
  );
  await expectRight(model, batch => single(batch, 3, 5, 2));
});

test('keras: dense layers over the last axis as Einsum with an ellipsis', async () => {
  const model = network(
    13,
    [
      n('Einsum', 'x w', 'h', { equation: '...a,ab->...b' }),
      n('Einsum', 'h k', 's', { equation: '...ab,...cb->...ac' }),
      n('Einsum', 's t', 'y', { equation: 'nhac,hcd->had' }),
    ],
    { w: x(4, 3), k: x(1, 2, 5, 3), t: x(1, 5, 2) },
    ['N', 2, 3, 4],
  );
  await expectRight(model, batch => x(batch, 2, 3, 4));
});
