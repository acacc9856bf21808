import { Random } from '@nads/linalg';
import { float, type AttributeLike } from '../../src/attribute.js';
import { tensorOf } from '../../src/tensor.js';
import { whole } from '../operators/one-node.js';
import { expectGradients, normal } from './expect-gradients.js';

const random = new Random('layers');
const x = (...dims: number[]) => normal(random, ...dims);

test.each([
  [
    [2, 3],
    [3, 4],
  ],
  [
    [5, 2, 3],
    [3, 4],
  ],
  [
    [5, 2, 3],
    [5, 3, 4],
  ],
  [
    [2, 1, 2, 3],
    [4, 3, 2],
  ],
  [[3], [3, 4]],
  [[2, 3], [3]],
  [[3], [3]],
  [[5, 2, 3], [3]],
  [[3], [5, 3, 4]],
])('MatMul of %p and %p', async (a, b) => {
  await expectGradients({ operator: 'MatMul', data: [x(...a), x(...b)] });
});

test.each([
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
])('Gemm, transA %p, transB %p', async (transA, transB) => {
  const data = [x(...(transA ? [3, 2] : [2, 3])), x(...(transB ? [4, 3] : [3, 4]))];
  const attributes = { transA, transB, alpha: float(0.5), beta: float(2) };
  await expectGradients({ operator: 'Gemm', data, attributes });
  await expectGradients({ operator: 'Gemm', data: [...data, x(4)], attributes });
});

test.each(['Softmax', 'LogSoftmax'])('%s', async operator => {
  await expectGradients({ operator, data: [x(2, 3, 4)] });
  await expectGradients({ operator, data: [x(2, 3, 4)], attributes: { axis: 1 } });
});

test.each([
  'ReduceMean',
  'ReduceMax',
  'ReduceMin',
  'ReduceL1',
  'ReduceL2',
  'ReduceSumSquare',
  'ReduceLogSumExp',
])('%s', async operator => {
  const single = ['ReduceL1', 'ReduceL2'].includes(operator);
  for (const attributes of [{}, { axes: [1] }, { axes: [0, -1], keepdims: 0 }])
    await expectGradients({ operator, data: [x(2, 3, 4)], attributes }, { single });
  await expectGradients(
    { operator, data: [x(2, 3, 4)], constants: [whole([1])], attributes: { keepdims: 0 } },
    { opset: 18, single },
  );
});

test('ReduceProd', async () => {
  const data = [tensorOf('float64', [2, 3], [1, -1.2, 0.8, 1.1, -0.9, 1.3])];
  await expectGradients(
    { operator: 'ReduceProd', data, attributes: { axes: [1] } },
    { single: true },
  );
});

test.each([
  ['one zero', {}, [1, 0, 0.8, 1.1, -0.9, 1.3]],
  ['a zero in each product', { axes: [1] }, [1, 0, 0.8, 1.1, -0.9, 0]],
  ['two zeros', { axes: [1] }, [0, 0, 0.8, 1.1, -0.9, 1.3]],
  ['three zeros', { axes: [1], keepdims: 0 }, [0, 0, 0, 1.1, -0.9, 1.3]],
  ['two axes', { axes: [-1, 0], keepdims: 0 }, [0, 1.2, 0.8, 1.1, -0.9, 1.3]],
  ['an axis of one', { axes: [0] }, [0, 1.2, 0.8, 0, -0.9, 1.3], [1, 6]],
  ['a longer axis', { axes: [0] }, [0, 1.2, 0, 1.1, -0.9, 1.3, 1.1, 0.9, 1, -0.8], [5, 2]],
])('ReduceProd of %s, in first and second derivatives', async (...one) => {
  const [, attributes, values, dims = [2, 3]] = one;
  const data = [tensorOf('float64', dims, values)];
  await expectGradients({ operator: 'ReduceProd', data, attributes }, { single: true });
});

test('ReduceSum', async () => {
  await expectGradients({ operator: 'ReduceSum', data: [x(2, 3, 4)], constants: [whole([0, 2])] });
  await expectGradients({ operator: 'ReduceSum', data: [x(2, 3, 4)], attributes: { keepdims: 0 } });
});

test.each([
  { kernel_shape: [2, 2], strides: [2, 2] },
  { kernel_shape: [3, 3], strides: [2, 2] },
  { kernel_shape: [3, 2], strides: [1, 2], pads: [1, 0, 1, 1] },
  { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 },
  { kernel_shape: [2, 2], dilations: [2, 1] },
  { kernel_shape: [3, 3], strides: [2, 2], auto_pad: 'SAME_UPPER' },
])('MaxPool %j', async attributes => {
  await expectGradients({ operator: 'MaxPool', data: [x(2, 3, 6, 7)], attributes });
});

test.each([
  { kernel_shape: [2, 2], strides: [2, 2] },
  { kernel_shape: [3, 3], strides: [2, 2] },
  { kernel_shape: [3, 2], strides: [1, 2], pads: [1, 0, 1, 1] },
  { kernel_shape: [3, 2], strides: [1, 2], pads: [1, 0, 1, 1], count_include_pad: 1 },
  { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 },
  { kernel_shape: [6, 7] },
  { kernel_shape: [3, 3], strides: [2, 2], auto_pad: 'SAME_LOWER' },
])('AveragePool %j', async attributes => {
  await expectGradients(
    { operator: 'AveragePool', data: [x(2, 3, 6, 7)], attributes },
    { single: true },
  );
});

test('pools over all of space', async () => {
  for (const operator of ['GlobalAveragePool', 'GlobalMaxPool', 'GlobalLpPool'])
    await expectGradients({ operator, data: [x(2, 3, 4, 2)] }, { single: true });
});

test.each([
  { kernel_shape: [2, 2], strides: [2, 2] },
  { kernel_shape: [3, 2], strides: [1, 2], pads: [1, 0, 1, 1], p: 3 },
])('LpPool %j', async attributes => {
  await expectGradients(
    { operator: 'LpPool', data: [x(2, 3, 6, 7)], attributes },
    { single: true },
  );
});

test('Dropout', async () => {
  await expectGradients({ operator: 'Dropout', data: [x(2, 3)] });
  await expectGradients({
    operator: 'Dropout',
    data: [x(2, 3)],
    constants: [tensorOf('float32', [], [0.5]), tensorOf('bool', [], [0])],
  });
});

const convolutions: readonly [number[], number[], Record<string, AttributeLike>][] = [
  [[2, 3, 6, 5], [4, 3, 3, 3], { pads: [1, 1, 1, 1] }],
  [[2, 3, 7, 8], [4, 3, 3, 3], { strides: [2, 2], pads: [1, 1, 1, 1] }],
  [[2, 3, 7, 8], [4, 3, 2, 3], { strides: [3, 2], pads: [0, 1, 2, 0] }],
  [[2, 4, 7, 7], [6, 2, 3, 3], { group: 2, dilations: [2, 1] }],
  [[2, 4, 5, 5], [4, 1, 3, 3], { group: 4, strides: [2, 1], auto_pad: 'SAME_UPPER' }],
  [[2, 3, 5, 5], [4, 3, 1, 1], { strides: [2, 2] }],
  [[2, 3, 5, 5], [4, 3, 5, 5], {}],
  [[2, 3, 9], [4, 3, 3], { strides: [2] }],
  // fewer filters than channels, so that dy is shifted
  [[2, 5, 6, 7], [2, 5, 3, 3], { pads: [1, 1, 1, 1] }],
  [[2, 6, 7, 6], [2, 3, 3, 2], { group: 2, dilations: [2, 1], pads: [2, 1, 1, 0] }],
  [[2, 4, 9], [1, 4, 3], { dilations: [2], pads: [1, 3] }],
  // filters more than what a step gathers, and single elements
  [[2, 1, 5, 5], [8, 1, 2, 2], {}],
  [[2, 5, 4, 4], [2, 5, 1, 1], {}],
  [[2, 5, 4, 4], [2, 5, 1, 1], { pads: [1, 0, 0, 1] }],
  [[1, 2, 4, 4, 4], [2, 2, 2, 2, 2], { pads: [1, 0, 0, 0, 0, 1] }],
  // too many taps to choose by a product
  [[1, 4, 300], [1, 4, 300], { pads: [149, 150] }],
  [[1, 1, 514], [1, 1, 258], { strides: [257], pads: [1, 1] }],
];

test.each(convolutions)('Conv of %p by %p %j', async (dims, weights, attributes) => {
  const data = [x(...dims), x(...weights), x(weights[0])];
  await expectGradients({ operator: 'Conv', data, attributes }, { single: true });
});

test.each([
  [[2, 3, 4, 5], [3, 2, 3, 3], {}],
  [[2, 3, 4, 5], [3, 2, 3, 3], { strides: [2, 2], pads: [1, 1, 1, 1], output_padding: [1, 1] }],
  [[2, 4, 4, 4], [4, 2, 3, 2], { group: 2, strides: [2, 1], dilations: [1, 2] }],
  [[2, 3, 4, 4], [3, 2, 3, 3], { strides: [2, 2], auto_pad: 'SAME_UPPER' }],
  [[2, 3, 4, 4], [3, 2, 3, 3], { strides: [2, 2], auto_pad: 'SAME_LOWER' }],
  [[2, 3, 4, 4], [3, 2, 3, 3], { strides: [2, 2], output_shape: [8, 8] }],
] as [number[], number[], Record<string, AttributeLike>][])(
  'ConvTranspose of %p by %p %j',
  async (dims, weights, attributes) => {
    const data = [x(...dims), x(...weights), x(weights[1] * Number(attributes.group ?? 1))];
    await expectGradients({ operator: 'ConvTranspose', data, attributes }, { single: true });
  },
);

const positive = (n: number) =>
  tensorOf(
    'float64',
    [n],
    Array.from({ length: n }, (_, i) => 0.5 + i / n),
  );

test('BatchNormalization in evaluation and in training', async () => {
  const data = [x(4, 3, 2, 2), positive(3), x(3), x(3), positive(3)];
  await expectGradients({ operator: 'BatchNormalization', data });
  await expectGradients(
    { operator: 'BatchNormalization', data, attributes: { training_mode: 1 }, outputs: 3 },
    { of: ['output0'], wrt: [0, 1, 2] },
  );
});

test('InstanceNormalization, LRN, LpNormalization, MeanVarianceNormalization', async () => {
  const image = x(2, 4, 3, 3);
  await expectGradients(
    { operator: 'InstanceNormalization', data: [image, x(4), x(4)] },
    { single: true },
  );
  await expectGradients(
    { operator: 'LRN', data: [image], attributes: { size: 3, alpha: float(0.3) } },
    { single: true },
  );
  for (const p of [1, 2])
    await expectGradients(
      { operator: 'LpNormalization', data: [image], attributes: { axis: 1, p } },
      { single: true },
    );
  await expectGradients({ operator: 'MeanVarianceNormalization', data: [image] }, { single: true });
});

test('LayerNormalization', async () => {
  await expectGradients({ operator: 'LayerNormalization', data: [x(2, 3, 4), x(4), x(4)] });
  await expectGradients({
    operator: 'LayerNormalization',
    data: [x(2, 3, 4), x(3, 4)],
    attributes: { axis: 1 },
  });
});

test('GroupNormalization, before opset 21 and after', async () => {
  const attributes = { num_groups: 2 };
  const image = x(2, 4, 3, 2);
  await expectGradients(
    { operator: 'GroupNormalization', data: [image, x(2), x(2)], attributes },
    { opset: 18, single: true },
  );
  await expectGradients(
    { operator: 'GroupNormalization', data: [image, x(4), x(4)], attributes },
    { opset: 21, single: true },
  );
});

test.each([
  ['bij,bjk->bik', [2, 3, 4], [2, 4, 5]],
  ['bhqd,bhkd->bhqk', [1, 2, 3, 4], [1, 2, 5, 4]],
  ['ij,jk->k', [2, 3], [3, 4]],
])('Einsum %s', async (equation, a, b) => {
  await expectGradients({ operator: 'Einsum', data: [x(...a), x(...b)], attributes: { equation } });
});

test('com.microsoft.FusedMatMul', async () => {
  await expectGradients(
    {
      operator: 'FusedMatMul',
      data: [x(2, 3, 4), x(2, 5, 3)],
      attributes: { transA: 1, transB: 1, alpha: float(0.5) },
      domain: 'com.microsoft',
    },
    { single: true },
  );
});

test.each([
  [{}, [1, 1, 2, 2]],
  [{ mode: 'linear' }, [1, 1, 2, 1.5]],
  [{ mode: 'linear', coordinate_transformation_mode: 'align_corners' }, [1, 1, 2, 2]],
  [{ mode: 'linear', coordinate_transformation_mode: 'pytorch_half_pixel' }, [1, 1, 0.5, 2]],
  [
    { mode: 'nearest', coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' },
    [1, 1, 3, 2],
  ],
  [{ mode: 'cubic' }, [1, 1, 2, 1.5]],
  [{ mode: 'cubic', exclude_outside: 1 }, [1, 1, 1.5, 2]],
] as [Record<string, AttributeLike>, number[]][])('Resize %j by %p', async (attributes, scales) => {
  const constants = [undefined, tensorOf('float64', [4], scales)];
  const data = [x(2, 3, 4, 6)];
  await expectGradients({ operator: 'Resize', data, constants, attributes }, { single: true });
});

test('Resize to sizes', async () => {
  await expectGradients(
    {
      operator: 'Resize',
      data: [x(2, 3, 4, 6)],
      constants: [undefined, undefined, whole([2, 3, 7, 3])],
      attributes: { mode: 'linear' },
    },
    { single: true },
  );
});

test('MaxUnpool', async () => {
  await expectGradients(
    {
      operator: 'MaxUnpool',
      data: [x(1, 1, 2, 2)],
      constants: [whole([0, 3, 9, 14], 'int64', [1, 1, 2, 2])],
      attributes: { kernel_shape: [2, 2], strides: [2, 2] },
    },
    { single: true },
  );
});

test.each([
  { kernel_shape: [2, 2], strides: [2, 2] },
  { kernel_shape: [2, 2], strides: [3, 2] },
])('MaxPool of windows that are apart, in single precision %j', async attributes => {
  const apart = Array.from({ length: 210 }, (_, i) => (101 * i) % 211); // no two are close
  const data = [tensorOf('float64', [2, 3, 5, 7], apart)];
  await expectGradients({ operator: 'MaxPool', data, attributes }, { single: true, order: 1 });
});
