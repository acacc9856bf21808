import { Random } from '@nads/linalg';
import { node, type Node } from '../../src/graph.js';
import { differentiate } from '../../src/gradient/differentiate.js';
import { jacobianVector } from '../../src/gradient/jacobian-vector.js';
import { attributes } from '../../src/attribute.js';
import type { Model } from '../../src/model.js';
import { floats, integers, numbersOf, tensorOf, type Tensor } from '../../src/tensor.js';
import { evaluate, expectModelGradients, normal } from './expect-gradients.js';

const random = new Random('networks');

const model = (
  nodes: readonly Node[],
  initializers: Record<string, Tensor>,
  dims: readonly (number | string)[],
  output = 'y',
  type: 'float32' | 'float64' = 'float64',
): Model => ({
  irVersion: 8,
  opsets: new Map([['', 13]]),
  producer: { name: '', version: '' },
  functions: [],
  graph: {
    name: 'network',
    nodes,
    inputs: [{ name: 'x', type, dims }],
    outputs: [{ name: output }],
    initializers: new Map(Object.entries(initializers)),
    valueInfo: [],
  },
});

/** Two layers whose value is used twice, with a free batch and a shape that is computed. */
const network = model(
  [
    node('Shape', ['x'], ['shape']),
    node('Gather', ['shape', 'zero'], ['batch']),
    node('Concat', ['batch', 'rest'], ['wanted'], attributes({ axis: 0 })),
    node('Reshape', ['x', 'wanted'], ['flat']),
    node('Gemm', ['flat', 'w', 'b'], ['h'], attributes({ transB: 1 })),
    node('Tanh', ['h'], ['t']),
    node('Mul', ['t', 'h'], ['p']),
    node('MatMul', ['p', 'v'], ['y']),
  ],
  {
    zero: integers([0]),
    rest: integers([6]),
    w: normal(random, 4, 6),
    b: normal(random, 4),
    v: normal(random, 4, 2),
  },
  ['N', 2, 3],
);

test('a network with a free batch: inputs, weights and second derivatives', async () => {
  for (const batch of [1, 5]) {
    const x = normal(random, batch, 2, 3);
    await expectModelGradients(network, new Map([['x', x]]));
  }
});

test('by hand: y = 3x² has gradient 6x·seed', async () => {
  const square = model(
    [node('Mul', ['x', 'x'], ['s']), node('Mul', ['s', 'three'], ['y'])],
    { three: tensorOf('float64', [], [3]) },
    ['N'],
  );
  const { model: derivative, seeds, gradients } = differentiate(square, { wrt: ['x'] });
  expect(seeds).toEqual(['seed/y']);
  expect(gradients).toEqual(['gradient/x']);
  const [{ tensor }] = await evaluate(
    derivative,
    new Map([
      ['x', tensorOf('float64', [3], [1, 2, -1])],
      ['seed/y', tensorOf('float64', [3], [1, 1, 10])],
    ]),
  );
  expect(numbersOf(tensor)).toEqual([6, 12, -60]);
  expect(derivative.graph.outputs).toEqual([{ name: 'gradient/x', type: 'float64', dims: ['N'] }]);
});

test('weights that are initializers have gradients, summed over the batch', async () => {
  const { model: derivative, gradients } = differentiate(network, { wrt: ['w', 'b', 'x'] });
  const feeds = new Map([
    ['x', normal(random, 3, 2, 3)],
    ['seed/y', normal(random, 3, 2)],
  ]);
  const results = await evaluate(derivative, feeds);
  expect(results.map(({ name }) => name)).toEqual([...gradients]);
  expect(results.map(({ tensor }) => tensor.dims)).toEqual([[4, 6], [4], [3, 2, 3]]);
});

test('forward and reverse mode are transposes of each other', async () => {
  const forward = jacobianVector(network, { wrt: ['x'] });
  const backward = differentiate(network, { wrt: ['x'] });
  expect(forward.tangents).toEqual(['tangent/x']);
  expect(forward.model.graph.inputs.map(({ name }) => name)).toEqual(['x', 'tangent/x']);
  const [x, v, u] = [normal(random, 3, 2, 3), normal(random, 3, 2, 3), normal(random, 3, 2)];
  const [jv] = await evaluate(
    forward.model,
    new Map([
      ['x', x],
      ['tangent/x', v],
    ]),
  );
  const [ju] = await evaluate(
    backward.model,
    new Map([
      ['x', x],
      ['seed/y', u],
    ]),
  );
  const dot = (a: Tensor, b: Tensor): number =>
    numbersOf(a).reduce((sum, value, i) => sum + value * numbersOf(b)[i], 0);
  expect(dot(jv.tensor, u)).toBeCloseTo(dot(ju.tensor, v), 10);
});

test('what is there already is not computed again, and what is not needed goes', () => {
  const { model: derivative } = differentiate(network, { wrt: ['x'] });
  const count = (operator: string) =>
    derivative.graph.nodes.filter(node => node.operator === operator).length;
  expect(count('Tanh')).toBe(1);
  expect(count('Shape')).toBe(1);
  expect(count('MatMul')).toBe(1); // the forward product with v is not needed
});

const broken =
  (operator: string, inputs = ['x'], settings = attributes({})) =>
  () =>
    differentiate(
      model(
        [node(operator, inputs, ['h'], settings), node('Neg', ['h'], ['y'])],
        {},
        ['N', 3, 3],
        'y',
        'float32',
      ),
      { wrt: ['x'] },
    );

test('an operator without a rule is named, with what to do instead', () => {
  expect(broken('Det')).toThrow(
    "node 'h' (Det): the gradient of this operator is not implemented; secants need no gradient",
  );
});

test.each([
  ['If', 'choose a branch and export the model again without control flow'],
  ['Loop', 'export the model again with the loop unrolled'],
  ['Scan', 'export the model again with the scan unrolled'],
])('%s comes with advice of its own', (operator, advice) => {
  expect(broken(operator)).toThrow(advice);
});

test('a way that ends at whole numbers is named', () => {
  const nodes = [node('ArgMax', ['x'], ['i']), node('Cast', ['i'], ['y'], attributes({ to: 1 }))];
  expect(() => differentiate(model(nodes, {}, ['N', 4]), { wrt: ['x'] })).toThrow(
    "'y' does not depend on 'x' in a differentiable way: node 'i' (ArgMax) outputs integers",
  );
  expect(() => differentiate(model(nodes.slice(0, 1), {}, ['N', 4], 'i'), { wrt: ['x'] })).toThrow(
    "'i' holds integers (int64), which have no gradient",
  );
});

test('a quantised model is refused with the float model as advice', () => {
  const nodes = [
    node('QuantizeLinear', ['x', 'scale'], ['q']),
    node('DequantizeLinear', ['q', 'scale'], ['y']),
  ];
  const scale = floats([], [0.1]);
  expect(() =>
    differentiate(model(nodes, { scale }, ['N', 3, 3], 'y', 'float32'), { wrt: ['x'] }),
  ).toThrow(/'q' \(QuantizeLinear\).*take the float model/);
});

test('an unknown name is refused', () => {
  expect(() => differentiate(network, { wrt: ['nobody'] })).toThrow("no value 'nobody'");
});

test('nothing is computed beforehand from initializers whose values are not final', async () => {
  const scaled = (s: number) =>
    model(
      [node('Exp', ['s'], ['e']), node('Mul', ['x', 'e'], ['y'])],
      { s: tensorOf('float64', [], [s]) },
      ['N'],
    );
  const { model: derivative } = differentiate(scaled(0), { wrt: ['x'], variables: ['s'] });
  const later = {
    ...derivative.graph,
    initializers: new Map([['s', tensorOf('float64', [], [1])]]),
  };
  const feeds = new Map([
    ['x', tensorOf('float64', [1], [5])],
    ['seed/y', tensorOf('float64', [1], [1])],
  ]);
  const [{ tensor }] = await evaluate({ ...derivative, graph: later }, feeds);
  expect(numbersOf(tensor)[0]).toBeCloseTo(Math.E, 12);
});

test('nothing is computed beforehand from what the gradient is taken for', async () => {
  const normalised = model(
    [
      node('Mul', ['gamma', 'reciprocal'], ['scale']),
      node('Mul', ['x', 'scale'], ['scaled']),
      node('Add', ['scaled', 'beta'], ['y']),
    ],
    {
      gamma: tensorOf('float64', [1], [2]),
      reciprocal: tensorOf('float64', [1], [0.5]),
      beta: tensorOf('float64', [1], [1]),
    },
    ['N'],
  );
  const { model: derivative } = differentiate(normalised, {
    wrt: ['x', 'gamma', 'scale', 'beta'],
  });
  const results = await evaluate(
    derivative,
    new Map([
      ['x', tensorOf('float64', [2], [3, 5])],
      ['seed/y', tensorOf('float64', [2], [1, 10])],
    ]),
  );
  expect(results.map(({ tensor }) => numbersOf(tensor))).toEqual([
    [1, 10], // gamma · reciprocal · seed
    [26.5], // Σ x · reciprocal · seed
    [53], // Σ x · seed
    [11], // Σ seed
  ]);
});

test('scale and shift of a batch-norm have gradients, computed from constants or not', async () => {
  const vector = (...values: number[]) => tensorOf('float64', [values.length], values);
  const normalised = model(
    [
      node('Mul', ['gamma', 'two'], ['scale']),
      node('BatchNormalization', ['x', 'scale', 'beta', 'mean', 'variance'], ['y']),
    ],
    {
      gamma: vector(3, 1),
      two: vector(2, 2),
      beta: vector(1, 1),
      mean: vector(1, 0),
      variance: vector(4, 1),
    },
    ['N', 2],
  );
  const feeds = new Map([
    ['x', tensorOf('float64', [2, 2], [5, 2, 3, 4])],
    ['seed/y', tensorOf('float64', [2, 2], [1, 1, 10, 10])],
  ]);
  const gradients = async (...wrt: string[]) =>
    (await evaluate(differentiate(normalised, { wrt }).model, feeds)).map(({ tensor }) =>
      numbersOf(tensor),
    );
  const [gamma, beta] = await gradients('gamma', 'beta');
  const [scale] = await gradients('scale');
  // Σ seed · (x − mean) / √(variance + 1e-5)
  const expected = [(4 * 1 + 2 * 10) / Math.sqrt(4 + 1e-5), (2 * 1 + 4 * 10) / Math.sqrt(1 + 1e-5)];
  expected.forEach((value, i) => expect(scale[i]).toBeCloseTo(value, 6));
  expected.forEach((value, i) => expect(gamma[i]).toBeCloseTo(2 * value, 6));
  expect(beta).toEqual([11, 11]);
});
