import { attributes, type AttributeLike } from '../src/attribute.js';
import { node } from '../src/graph.js';
import { inferShapes } from '../src/infer-shapes.js';
import { buildModel, normal } from './build-model.js';

interface Bad {
  readonly operator: string;
  readonly problem: string;
  readonly operands?: readonly (readonly number[])[];
  readonly settings?: Record<string, AttributeLike>;
  readonly outputs?: number;
  readonly opset?: number;
}

const kernel = [4, 6, 3, 3];

const cases: Bad[] = [
  {
    operator: 'Conv',
    settings: { kernel_shape: [3, 5] },
    problem: 'kernel_shape [3,5] is not that of its weights [4,6,3,3]',
  },
  {
    operator: 'Conv',
    settings: { kernel_shape: [-3, 3] },
    problem: 'kernel_shape [-3,3] is not that of its weights',
  },
  {
    operator: 'Conv',
    operands: [[4, 6, 3]],
    problem: 'weights [4,6,3] are not those of an input of rank 4',
  },
  {
    operator: 'Conv',
    settings: { group: 0 },
    problem: 'group 0 does not divide 4, the first size of its weights',
  },
  { operator: 'Conv', settings: { group: -1 }, problem: 'group -1 does not divide 4' },
  {
    operator: 'Conv',
    operands: [[4, 2, 3, 3]],
    settings: { group: 3 },
    problem: 'group 3 does not divide 4',
  },
  { operator: 'Conv', settings: { group: 2 }, problem: 'input has 6 channels, weights expect 12' },
  {
    operator: 'Conv',
    operands: [kernel, [3]],
    problem: 'input 2 has dims [3], expected [4]: one for each channel',
  },
  {
    operator: 'Conv',
    settings: { strides: [1] },
    problem: 'strides [1], expected 2 sizes of 1 or more',
  },
  {
    operator: 'Conv',
    settings: { strides: [1, 0] },
    problem: 'strides [1,0], expected 2 sizes of 1 or more',
  },
  {
    operator: 'Conv',
    settings: { dilations: [-1, 1] },
    problem: 'dilations [-1,1], expected 2 sizes of 1 or more',
  },
  {
    operator: 'Conv',
    settings: { pads: [1, 1] },
    problem: 'pads [1,1], expected 4 sizes of 0 or more',
  },
  {
    operator: 'Conv',
    settings: { pads: [1, 1, 1, -9] },
    problem: 'pads [1,1,1,-9], expected 4 sizes of 0 or more',
  },
  {
    operator: 'Conv',
    settings: { auto_pad: 'SAME' },
    problem: "auto_pad 'SAME' is none of NOTSET, VALID",
  },
  { operator: 'Conv', settings: { group: 'two' }, problem: 'is string, expected int' },
  {
    operator: 'ConvTranspose',
    operands: [[6, 4, 3, 3], [3]],
    problem: 'input 2 has dims [3], expected [4]',
  },
  {
    operator: 'ConvTranspose',
    operands: [[6, 4, 3, 3]],
    settings: { output_padding: [-1, 0] },
    problem: 'output_padding [-1,0], expected 2 sizes of 0 or more',
  },
  {
    operator: 'ConvTranspose',
    operands: [[6, 4, 3, 3]],
    settings: { output_shape: [9] },
    problem: 'output_shape [9], expected 2 sizes of 1 or more',
  },
  {
    operator: 'ConvTranspose',
    operands: [[6, 4, 3, 3]],
    settings: { group: 4 },
    problem: 'group 4 does not divide 6',
  },
  { operator: 'MaxPool', problem: 'attribute kernel_shape is missing', operands: [] },
  {
    operator: 'MaxPool',
    operands: [],
    settings: { kernel_shape: [2, 0] },
    problem: 'kernel_shape [2,0], expected 2 sizes of 1 or more',
  },
  {
    operator: 'BatchNormalization',
    operands: [[6], [6], [5], [6]],
    problem: 'input 3 has dims [5], expected [6]',
  },
  {
    operator: 'InstanceNormalization',
    operands: [[6], [1]],
    problem: 'input 2 has dims [1], expected [6]',
  },
  {
    operator: 'GroupNormalization',
    operands: [[4], [4]],
    settings: { num_groups: 4 },
    opset: 18,
    problem: 'num_groups 4 does not divide 6 channels',
  },
  {
    operator: 'Gemm',
    operands: [[8, 2]],
    problem: 'input 0 has dims [1,6,8,8], expected a matrix',
  },
  {
    operator: 'Split',
    operands: [],
    settings: { axis: 1, num_outputs: 1e9 },
    outputs: 2,
    opset: 18,
    problem: 'it has outputs for 2 pieces, not for 1000000000',
  },
];

test.each(cases)('$operator $settings: $problem', bad => {
  const { operator, operands = [kernel], settings = {}, outputs = 1, opset = 13 } = bad;
  const names = operands.map((_, i) => `w${i}`);
  const results = Array.from({ length: outputs }, (_, i) => `y${i}`);
  const model = buildModel({
    nodes: [node(operator, ['x', ...names], results, attributes(settings), { name: 'it' })],
    inputs: { x: [1, 6, 8, 8] },
    initializers: Object.fromEntries(operands.map((dims, i) => [names[i], normal(dims)])),
    opset,
  });
  const attempt = () => inferShapes(model);
  expect(attempt).toThrow(`node 'it' (${operator}): `);
  expect(attempt).toThrow(bad.problem);
});

test('empty lists stand for what is usual, as in onnxruntime', () => {
  const settings = attributes({ strides: [], dilations: [], pads: [] });
  const model = buildModel({
    nodes: [node('Conv', ['x', 'w'], ['y'], settings)],
    inputs: { x: [1, 6, 8, 8] },
    initializers: { w: normal(kernel) },
  });
  expect(inferShapes(model).get('y')!.dims).toEqual([1, 4, 6, 6]);
});
