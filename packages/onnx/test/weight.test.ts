import { attributes, type AttributeLike } from '../src/attribute.js';
import { node, type Node } from '../src/graph.js';
import { inferShapes } from '../src/infer-shapes.js';
import { floats, integers, tensorOf, type Tensor } from '../src/tensor.js';
import { weights } from '../src/weight.js';
import { buildModel, normal } from './build-model.js';

const layer = (
  operator: string,
  inputs: string[],
  output: string,
  values: Record<string, AttributeLike> = {},
): Node => node(operator, inputs, [output], attributes(values));

const constant = (output: string, value: Tensor): Node =>
  layer('Constant', [], output, { value: { type: 'tensor', value } });

function found(
  nodes: Node[],
  initializers: Record<string, Tensor> = {},
  inputs?: Record<string, number[]>,
) {
  const model = buildModel({ nodes, initializers, inputs });
  return weights(model.graph, inferShapes(model)).map(
    ({ layer, kind, role, dims, fanIn, fanOut, origin }) => ({
      is: `${layer}: ${kind} ${role} [${dims}]`,
      fans: [fanIn, fanOut],
      origin,
    }),
  );
}

const names = (list: ReturnType<typeof found>): string[] => list.map(({ is }) => is);

describe('fan-in and fan-out are those of PyTorch', () => {
  const image = { x: [1, 4, 8, 8] };
  const rows = { x: [2, 5] };
  const cases: [
    string,
    Node,
    Record<string, Tensor>,
    Record<string, number[]>,
    [number, number],
  ][] = [
    [
      'of Conv',
      layer('Conv', ['x', 'w', 'b'], 'y'),
      { w: normal([6, 4, 3, 2]), b: normal([6]) },
      image,
      [24, 36],
    ],
    [
      'of grouped Conv',
      layer('Conv', ['x', 'w'], 'y', { group: 2 }),
      { w: normal([6, 2, 3, 3]) },
      image,
      [18, 54],
    ],
    [
      'of ConvTranspose',
      layer('ConvTranspose', ['x', 'w'], 'y'),
      { w: normal([4, 6, 3, 3]) },
      image,
      [54, 36],
    ],
    [
      'of Gemm',
      layer('Gemm', ['x', 'w', 'b'], 'y'),
      { w: normal([5, 3]), b: normal([3]) },
      rows,
      [5, 3],
    ],
    [
      'of transposed Gemm',
      layer('Gemm', ['x', 'w', 'b'], 'y', { transB: 1 }),
      { w: normal([3, 5]), b: normal([3]) },
      rows,
      [5, 3],
    ],
    ['of MatMul', layer('MatMul', ['x', 'w'], 'y'), { w: normal([5, 3]) }, rows, [5, 3]],
    [
      'of MatMul from the left',
      layer('MatMul', ['w', 'x'], 'y'),
      { w: normal([3, 2]) },
      rows,
      [2, 3],
    ],
    [
      'of Einsum',
      layer('Einsum', ['x', 'w'], 'y', { equation: 'ni,oi->no' }),
      { w: normal([3, 5]) },
      rows,
      [5, 3],
    ],
    [
      'of Einsum, one for each head',
      layer('Einsum', ['w', 'x'], 'y', { equation: 'hid, bhi -> bhd' }),
      { w: normal([2, 5, 7]) },
      { x: [1, 2, 5] },
      [5, 7],
    ],
    ['of MatMul by a vector', layer('MatMul', ['x', 'w'], 'y'), { w: normal([5]) }, rows, [5, 1]],
  ];

  test.each(cases)('%s', (_, only, initializers, inputs, fans) => {
    const list = found([only], initializers, inputs);
    expect(list.map(one => one.fans)).toEqual(Object.keys(initializers).map(() => fans));
  });
});

describe('weights are found', () => {
  const w = normal([2, 3]);
  const rows = { x: [4, 2] };
  const product = layer('MatMul', ['x', 'w'], 'y');

  test('in initializers', () => {
    expect(found([product], { w }, rows)[0].origin).toEqual({
      name: 'w',
      storage: 'initializer',
      through: [],
    });
  });

  test('in initializers that are listed as inputs', () => {
    const model = buildModel({
      nodes: [product],
      inputs: { ...rows, w: [2, 3] },
      initializers: { w },
    });
    const [{ origin }] = weights(model.graph, inferShapes(model));
    expect(origin.storage).toBe('initializer listed as input');
  });

  test('in Constant and ConstantOfShape nodes', () => {
    const filled = layer('ConstantOfShape', ['shape'], 'w');
    expect(found([constant('w', normal([2, 3])), product], {}, rows)[0].origin.storage).toBe(
      'Constant',
    );
    const list = found([filled, product], { shape: integers([2, 3]) }, rows);
    expect(list[0].origin.storage).toBe('ConstantOfShape');
  });

  test('behind Identity, Reshape and Transpose', () => {
    const nodes = [
      layer('Identity', ['v'], 'i'),
      layer('Reshape', ['i', 'shape'], 'r'),
      layer('Transpose', ['r'], 'w'),
      product,
    ];
    const [{ origin, is }] = found(nodes, { v: normal([6]), shape: integers([3, 2]) }, rows);
    expect(is).toBe('y: linear weight [2,3]');
    expect(origin).toMatchObject({
      name: 'v',
      storage: 'initializer',
      through: ['Identity', 'Reshape', 'Transpose'],
    });
  });
});

test.each<[string, Node]>([
  ['Cast', layer('Cast', ['v'], 'w', { to: 1 })],
  ['Flatten', layer('Flatten', ['v'], 'w')],
  ['Identity', layer('Identity', ['v'], 'w')],
  ['Squeeze', layer('Squeeze', ['u'], 'w')],
  ['Transpose', layer('Transpose', ['v'], 'w', { perm: [0, 1] })],
  ['Unsqueeze', layer('Unsqueeze', ['row', 'axes'], 'w')],
])('%s hands a weight on', (operator, only) => {
  const given = {
    v: normal([2, 3]),
    u: normal([2, 3, 1]),
    row: normal([2]),
    axes: integers([1]),
  };
  const [{ origin }] = found([only, layer('MatMul', ['x', 'w'], 'y')], given, { x: [4, 2] });
  expect(origin).toMatchObject({ name: only.inputs[0], through: [operator] });
});

test.each<[string, Node]>([
  ['Tanh', layer('Tanh', ['v'], 'w')],
  [
    'an Identity of another domain',
    node('Identity', ['v'], ['w'], new Map(), { domain: 'org.example' }),
  ],
])('%s hands no weight on', (_, only) => {
  expect(
    found([only, layer('MatMul', ['x', 'w'], 'y')], { v: normal([2, 3]) }, { x: [4, 2] }),
  ).toEqual([]);
});

test('a vector added behind a product or a convolution is its bias', () => {
  const b = normal([3]);
  const list = found(
    [layer('MatMul', ['x', 'w'], 'm'), layer('Add', ['b', 'm'], 'y')],
    { w: normal([2, 3]), b },
    { x: [4, 2] },
  );
  expect(names(list)).toEqual(['m: linear weight [2,3]', 'm: linear bias [3]']);
  expect(list[1].fans).toEqual([2, 3]);
  const image = found([layer('Conv', ['x', 'w'], 'c'), layer('Add', ['c', 'b'], 'y')], {
    w: normal([3, 1, 2, 2]),
    b: normal([1, 3, 1, 1]),
  });
  expect(names(image)[1]).toBe('c: conv bias [1,3,1,1]');
  expect(image[1].fans).toEqual([4, 12]);
});

test.each<[string, Node, Record<string, Tensor>]>([
  [
    'a convolution that has a bias',
    layer('Conv', ['x', 'w', 'c'], 'h'),
    { w: normal([3, 1, 2, 2]), c: normal([3]) },
  ],
  [
    'a transposed convolution',
    layer('ConvTranspose', ['x', 'w'], 'h'),
    { w: normal([1, 3, 2, 2]) },
  ],
  ['Gemm', layer('Gemm', ['rows', 'w'], 'h'), { w: normal([2, 3]) }],
  [
    'a product by what is computed',
    layer('MatMul', ['learned', 'learned'], 'h'),
    { w: normal([3, 3]) },
  ],
])('a vector added behind %s shifts', (_, only, given) => {
  const vector = only.operator.startsWith('Conv') ? normal([1, 3, 1, 1]) : normal([3]);
  const list = found(
    [layer('MatMul', ['square', 'w3'], 'learned'), only, layer('Add', ['h', 'b'], 'y')],
    { ...given, w3: normal([3, 3]), b: vector },
    { x: [1, 1, 8, 8], rows: [4, 2], square: [3, 3] },
  );
  expect(names(list).at(-1)).toBe(`y: norm shift [${vector.dims}]`);
});

test.each([
  ['InstanceNormalization', ['scale', 'shift']],
  ['GroupNormalization', ['scale', 'shift']],
  ['LayerNormalization', ['scale', 'shift']],
])('%s has a scale and a shift', (operator, roles) => {
  const given = { s: normal([1]), b: normal([1]) };
  expect(names(found([layer(operator, ['x', 's', 'b'], 'y')], given))).toEqual(
    roles.map(role => `y: norm ${role} [1]`),
  );
});

test.each(['LSTM', 'GRU', 'RNN'])('%s has weights of inputs and states, and biases', operator => {
  const gates = { LSTM: 4, GRU: 3, RNN: 1 }[operator]!;
  const given = {
    w: normal([1, gates * 5, 3]),
    r: normal([1, gates * 5, 5]),
    b: normal([1, 2 * gates * 5]),
  };
  const list = found([layer(operator, ['x', 'w', 'r', 'b'], 'y')], given, { x: [7, 2, 3] });
  expect(names(list)).toEqual([
    `y: recurrent weight [1,${gates * 5},3]`,
    `y: recurrent weight [1,${gates * 5},5]`,
    `y: recurrent bias [1,${2 * gates * 5}]`,
  ]);
  expect(list.map(({ fans }) => fans)).toEqual(list.map(() => [5, 5]));
});

test('a table whose rows are looked up is an embedding, but not a single element', () => {
  const only = layer('Gather', ['table', 'x'], 'y');
  expect(names(found([only], { table: normal([4, 3]) }, { x: [2] }))).toEqual([
    'y: embedding weight [4,3]',
  ]);
  expect(found([only], { table: normal([1]) }, { x: [2] })).toEqual([]);
});

test('batch-norm has a scale, a shift and statistics', () => {
  const ones = normal([1]);
  const norm = layer('BatchNormalization', ['x', 's', 'b', 'm', 'v'], 'y');
  expect(names(found([norm], { s: ones, b: ones, m: ones, v: ones }))).toEqual([
    'y: norm scale [1]',
    'y: norm shift [1]',
    'y: norm mean [1]',
    'y: norm variance [1]',
  ]);
});

test('constants before the first layer, scalars and shapes are no weights', () => {
  const nodes = [
    layer('Sub', ['x', 'mean'], 'a'),
    layer('Mul', ['a', 'factor'], 'b'),
    layer('Add', ['b', 'offset'], 'c'),
    layer('Conv', ['c', 'w'], 'd'),
    layer('Mul', ['d', 'half'], 'e'),
    layer('Reshape', ['e', 'shape'], 'y'),
  ];
  const vector = normal([1, 3, 1, 1]);
  const given = {
    mean: vector,
    factor: vector,
    offset: vector,
    w: normal([2, 3, 3, 3]),
    half: floats([], [0.5]),
    shape: integers([0, -1]),
  };
  expect(names(found(nodes, given, { x: [1, 3, 8, 8] }))).toEqual(['d: conv weight [2,3,3,3]']);
});

test('vectors behind learned layers scale and shift, slopes and tables are kinds of their own', () => {
  const nodes = [
    layer('Conv', ['x', 'w', 'b'], 'c'),
    layer('Mul', ['c', 's'], 'd'),
    layer('Add', ['d', 't'], 'e'),
    layer('PRelu', ['e', 'p'], 'f'),
    layer('Add', ['f', 'position'], 'y'),
  ];
  const channels = normal([2, 1, 1]);
  const given = {
    w: normal([2, 1, 3, 3]),
    b: normal([2]),
    s: channels,
    t: channels,
    p: channels,
    position: normal([2, 6, 6]),
  };
  expect(names(found(nodes, given)).slice(2)).toEqual([
    'd: norm scale [2,1,1]',
    'e: norm shift [2,1,1]',
    'f: prelu weight [2,1,1]',
    'y: embedding weight [2,6,6]',
  ]);
});

test('batch-norm spelled out has a mean and a deviation', () => {
  const nodes = [
    layer('Conv', ['x', 'w', 'b'], 'c'),
    layer('Sub', ['c', 'm'], 'd'),
    layer('Div', ['d', 's'], 'e'),
    layer('Sub', ['m', 'e'], 'y'),
  ];
  const channels = normal([2, 1, 1]);
  const given = { w: normal([2, 1, 3, 3]), b: normal([2]), m: channels, s: channels };
  expect(names(found(nodes, given)).slice(2)).toEqual([
    'd: norm mean [2,1,1]',
    'e: norm scale [2,1,1]',
  ]);
});

test('operators of other domains and names that are no operators have no weights', () => {
  const foreign = node('Conv', ['x', 'w'], ['c'], new Map(), { domain: 'org.example' });
  expect(
    found([foreign, layer('constructor', ['c', 'w'], 'y')], { w: normal([2, 1, 3, 3]) }),
  ).toEqual([]);
});

test('integer constants are no weights', () => {
  const nodes = [layer('Gather', ['table', 'i'], 'y')];
  expect(found(nodes, { table: tensorOf('int64', [3], [1, 2, 3]), i: integers([0]) })).toEqual([]);
});
