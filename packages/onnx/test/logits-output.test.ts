import { attributes, floats, logitsOutput, node, type Model, type Node } from '../src/index.js';

const matrix = (rows: number, columns: number) =>
  floats([rows, columns], new Float32Array(rows * columns).fill(1));

/** x [N, 3] and these nodes, with some of their values as outputs. */
const modelOf = (nodes: readonly Node[], outputs: readonly string[]): Model => ({
  irVersion: 8,
  opsets: new Map([['', 13]]),
  producer: { name: 'test', version: '1' },
  functions: [],
  graph: {
    name: 'g',
    nodes,
    inputs: [{ name: 'x', dims: [1, 3], type: 'float32' }],
    outputs: outputs.map(name => ({ name, type: 'float32' as const })),
    initializers: new Map([
      ['w', matrix(3, 3)],
      ['v', matrix(3, 3)],
    ]),
    valueInfo: [],
  },
});

const nodes = [
  node('Gemm', ['x', 'w'], ['embedding'], attributes({ transB: 1 })),
  node('Relu', ['embedding'], ['features']),
  node('Gemm', ['features', 'v'], ['logits'], attributes({ transB: 1 })),
  node('Softmax', ['logits'], ['probabilities']),
];

test.each([
  ['the last linear layer, whatever comes first', ['embedding', 'features', 'logits'], 'logits'],
  ['that before a Softmax', ['probabilities', 'logits'], 'logits'],
  ['that behind one where only that is an output', ['features', 'probabilities'], 'probabilities'],
  ['an earlier linear layer rather than none', ['features', 'embedding'], 'embedding'],
  ['the only one', ['features'], 'features'],
])('of several outputs one looks like logits: %s', (_, outputs, expected) => {
  expect(logitsOutput(modelOf(nodes, outputs))?.name).toBe(expected);
});

test('of a convolution that is averaged over space, where the batch is free', () => {
  const convolved = [
    node('Conv', ['x', 'w'], ['maps']),
    node('GlobalAveragePool', ['maps'], ['pooled']),
    node('Flatten', ['pooled'], ['logits']),
    node('Tanh', ['maps'], ['features']),
  ];
  const { graph, ...model } = modelOf(convolved, ['features', 'logits']);
  const inputs = [{ name: 'x', dims: ['N', 3, 8, 8], type: 'float32' as const }];
  const kernel = floats([5, 3, 1, 1], new Float32Array(15).fill(1));
  const initializers = new Map([['w', kernel]]);
  expect(logitsOutput({ ...model, graph: { ...graph, inputs, initializers } })?.name).toBe(
    'logits',
  );
});

test('where the size of images is free, too', () => {
  const pooled = [node('GlobalAveragePool', ['x'], ['features']), ...nodes.slice(2)];
  const { graph, ...model } = modelOf(pooled, ['features', 'logits']);
  const inputs = [{ name: 'x', dims: ['N', 3, 'H', 'W'], type: 'float32' as const }];
  expect(logitsOutput({ ...model, graph: { ...graph, inputs } })?.name).toBe('logits');
});

test('averages over space and biases of unknown dims are no obstacle', () => {
  const model = modelOf(
    [
      node('GlobalAveragePool', ['x'], ['pooled']),
      node('Flatten', ['pooled'], ['features']),
      node('Gemm', ['features', 'v'], ['products'], attributes({ transB: 1 })),
      node('Add', ['products', 'bias'], ['logits']),
    ],
    ['pooled', 'logits'],
  );
  const { graph } = model;
  const free = {
    ...model,
    graph: {
      ...graph,
      inputs: [{ name: 'x', dims: ['N', 3, 4, 4], type: 'float32' as const }],
      initializers: new Map([...graph.initializers, ['bias', floats([3], [1, 2, 3])]]),
    },
  };
  expect(logitsOutput(free)?.name).toBe('logits');
});
