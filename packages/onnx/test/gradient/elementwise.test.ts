import { Random } from '@nads/linalg';
import { float } from '../../src/attribute.js';
import { tensorOf, type Tensor } from '../../src/tensor.js';
import { expectGradients, normal } from './expect-gradients.js';

let random: Random;
// every test has a stream of its own, so that what is added elsewhere changes none
beforeEach(() => {
  const { currentTestName = '' } = expect.getState();
  random = new Random(currentTestName);
});

const x = (): Tensor => normal(random, 3, 4);

/** Draws elements between two bounds. */
const within = (low: number, high: number) => (): Tensor => {
  const data = new Float64Array(12);
  random.fillUniform(data, low, high);
  return tensorOf('float64', [3, 4], data);
};

test.each([
  ['Abs', x],
  ['Cos', x],
  ['Exp', x],
  ['Log', within(0.2, 2)],
  ['Neg', x],
  ['Reciprocal', within(0.5, 2)],
  ['Relu', x],
  ['Sigmoid', x],
  ['Sin', x],
  ['Sqrt', within(0.2, 2)],
  ['Tanh', x],
])('%s', async (operator, input) => {
  await expectGradients({ operator, data: [input()] });
});

// onnxruntime has these in single precision only
test.each([
  ['Acos', within(-0.7, 0.7)],
  ['Acosh', within(1.1, 3)],
  ['Asin', within(-0.7, 0.7)],
  ['Asinh', x],
  ['Atan', x],
  ['Atanh', within(-0.7, 0.7)],
  ['Cosh', x],
  ['Sinh', x],
  ['Tan', within(-1, 1)],
])('%s', async (operator, input) => {
  await expectGradients({ operator, data: [input()] }, { single: true });
});

test.each([
  ['Celu', { alpha: float(1.3) }],
  ['Elu', { alpha: float(0.7) }],
  ['Erf', {}],
  ['HardSigmoid', {}],
  ['HardSwish', {}],
  ['LeakyRelu', { alpha: float(0.2) }],
  ['Selu', {}],
  ['Softplus', {}],
  ['Softsign', {}],
  ['ThresholdedRelu', { alpha: float(0.3) }],
  ['Shrink', { lambd: float(0.02), bias: float(0.1) }],
])('%s', async (operator, attributes) => {
  await expectGradients({ operator, data: [x()], attributes }, { single: true });
});

test.each(['Gelu', 'QuickGelu', 'FastGelu'])('com.microsoft.%s', async operator => {
  const attributes = operator === 'QuickGelu' ? { alpha: float(1.5) } : {};
  await expectGradients(
    { operator, data: [x()], attributes, domain: 'com.microsoft' },
    { single: true },
  );
});

test('com.microsoft.BiasGelu', async () => {
  await expectGradients(
    { operator: 'BiasGelu', data: [x(), normal(random, 4)], domain: 'com.microsoft' },
    { single: true },
  );
});

test('Gelu, exact and approximate; Mish; Swish', async () => {
  await expectGradients({ operator: 'Gelu', data: [x()] }, { opset: 20, single: true });
  await expectGradients(
    { operator: 'Gelu', data: [x()], attributes: { approximate: 'tanh' } },
    { opset: 20, single: true },
  );
  await expectGradients({ operator: 'Mish', data: [x()] }, { opset: 18, single: true });
});

test.each(['Ceil', 'Floor', 'Sign', 'Round'])('%s is flat', async operator => {
  await expectGradients({ operator, data: [x()] }, { order: 1 });
});

const shapes = [
  [
    [3, 4],
    [3, 4],
  ],
  [[2, 3, 4], [4]],
  [
    [3, 1],
    [1, 4],
  ],
  [[], [2, 3]],
  [
    [2, 1, 4],
    [3, 1],
  ],
] as const;

test.each(shapes)('operations of [%p] and [%p]', async (a, b) => {
  for (const operator of ['Add', 'Sub', 'Mul', 'Min', 'Max'])
    await expectGradients({ operator, data: [normal(random, ...a), normal(random, ...b)] });
  const positive = (dims: readonly number[]) => {
    const data = new Float64Array(dims.reduce((p, n) => p * n, 1));
    random.fillUniform(data, 0.5, 2);
    return tensorOf('float64', dims, data);
  };
  for (const operator of ['Div', 'Pow'])
    await expectGradients({ operator, data: [positive(a), positive(b)] });
});

test.each([1, 2, 3, 0.5])('a power of %p', async exponent => {
  const constants = [tensorOf('float64', [], [exponent])];
  await expectGradients({ operator: 'Pow', data: [within(0.5, 2)()], constants });
});

test('Sum, Mean, Max and Min of several', async () => {
  for (const operator of ['Sum', 'Mean', 'Max', 'Min'])
    await expectGradients(
      { operator, data: [normal(random, 3, 4), normal(random, 4), normal(random, 1, 1)] },
      { single: operator === 'Mean' },
    );
});

test('Where', async () => {
  const condition = tensorOf('bool', [3, 1], [1, 0, 1]);
  await expectGradients({ operator: 'Where', data: [condition, x(), normal(random, 4)] });
});

test('Clip, with and without bounds', async () => {
  const bounds = [tensorOf('float64', [], [-0.6]), tensorOf('float64', [], [0.4])];
  await expectGradients({ operator: 'Clip', data: [x(), ...bounds] });
  await expectGradients({ operator: 'Clip', data: [x()], constants: [undefined, bounds[1]] });
  await expectGradients({ operator: 'Clip', data: [x()] });
});

test('PRelu', async () => {
  await expectGradients(
    { operator: 'PRelu', data: [normal(random, 2, 3, 4), normal(random, 3, 1)] },
    { single: true },
  );
});

test('Mod', async () => {
  await expectGradients({
    operator: 'Mod',
    data: [within(2.1, 2.9)(), tensorOf('float64', [], [1.05])],
    attributes: { fmod: 1 },
  });
});
