import { attributes, type AttributeLike } from '../src/attribute.js';
import { node, type Node } from '../src/graph.js';
import { imageInput } from '../src/image-input.js';
import { inferShapes } from '../src/infer-shapes.js';
import { changes } from '../src/locality/changes.js';
import { localGraph, type LocalGraph } from '../src/locality/local-graph.js';
import { restFrom, restModel } from '../src/locality/rest.js';
import { stageModel } from '../src/locality/stage-model.js';
import { mostNodes, stageBetween } from '../src/locality/stage.js';
import { floats, integers, type Tensor } from '../src/tensor.js';
import { buildModel, normal } from './build-model.js';

// Images of one channel, 8 × 8.

const layer = (
  operator: string,
  inputs: string[],
  output: string,
  settings: Record<string, AttributeLike> = {},
): Node => node(operator, inputs, [output], attributes(settings));

const weights: Record<string, Tensor> = {
  k1: normal([1, 1, 1, 1], 1),
  k2: normal([1, 1, 2, 2], 2),
  k3: normal([1, 1, 3, 3], 3),
  one: floats([1], [1]),
  plane: normal([1, 1, 8, 8], 4),
};

function graphOf(nodes: Node[], given: Record<string, Tensor> = {}, dims = ['N', 1, 8, 8]) {
  const model = buildModel({
    nodes: [...nodes, layer('Flatten', [nodes.at(-1)!.outputs[0]], 'features')],
    inputs: { x: dims },
    initializers: { ...weights, ...given },
    opset: 19,
  });
  const image = imageInput(model);
  return localGraph(model, image, inferShapes(model, { x: [2, ...(dims.slice(1) as number[])] }));
}

const operators = ({ nodes, rest }: LocalGraph) => ({
  local: nodes.map(({ node }) => node.operator).join(' '),
  rest: rest.map(({ operator }) => operator).join(' '),
});

const same = { pads: [1, 1, 1, 1] };

describe('a pixel spreads', () => {
  const graph = graphOf([
    layer('Conv', ['x', 'k3'], 'c', same),
    layer('Relu', ['c'], 'r'),
    layer('MaxPool', ['r'], 'p', { kernel_shape: [2, 2], strides: [2, 2] }),
    layer('Conv', ['p', 'k3'], 'd', { ...same, strides: [2, 2] }),
    layer('Conv', ['p', 'k1'], 'e', { strides: [2, 2] }),
    layer('Add', ['d', 'e'], 's'),
  ])!;

  test.each([
    [0, { c: [0, 2], r: [0, 2], p: [0, 1], d: [0, 1], e: [0, 1], s: [0, 1] }],
    [3, { c: [2, 5], p: [1, 3], d: [0, 2], e: [1, 2], s: [0, 2] }],
    [4, { c: [3, 6], p: [1, 3] }],
    [7, { c: [6, 8], p: [3, 4], d: [1, 2], s: [1, 2] }],
  ])('from row %i', (row, expected) => {
    const found = changes(graph, 0, { first: row, end: row + 1 });
    for (const [name, [first, end]] of Object.entries(expected))
      expect([name, found.get(name)]).toEqual([name, { first, end }]);
  });

  test('to one place where strides step over it', () => {
    const found = changes(graph, 1, { first: 2, end: 3 });
    expect(found.get('p')).toEqual({ first: 0, end: 2 });
    expect(found.get('e')).toEqual({ first: 0, end: 1 });
  });
});

describe('a stage', () => {
  const graph = graphOf([
    layer('Conv', ['x', 'k3'], 'c', same),
    layer('Relu', ['c'], 'r'),
    layer('MaxPool', ['r'], 'p', { kernel_shape: [2, 2], strides: [2, 2] }),
    layer('Conv', ['p', 'k3'], 'd', same),
    layer('Add', ['d', 'p'], 's'),
  ])!;

  test('ends before what sees beyond the border of a map inside it', () => {
    expect(mostNodes(graph, 0, 9)).toBe(3);
    expect(mostNodes(graph, 3, 9)).toBe(2);
  });

  test('takes what windows see: four rows from one before twice the first one, and two more for each further row', () => {
    const stage = stageBetween(graph, 0, 3)!;
    const span = { scale: 2, shift: -1, extent: 4 };
    expect(stage.crops).toEqual([{ value: 'x', spans: [span, span], fill: 0, name: 'x/crop0' }]);
    expect(stage.outputs).toEqual(['p']);
  });

  test('takes a map twice where it goes two ways', () => {
    const { crops } = stageBetween(graph, 3, 5)!;
    expect(crops.map(({ value, spans }) => [value, spans[0].shift, spans[0].extent])).toEqual([
      ['p', 0, 1],
      ['p', -1, 3],
    ]);
  });

  test('has no pads, and no nodes of others', () => {
    const { nodes, inputs, outputs } = stageModel(graph, stageBetween(graph, 3, 5)!).graph;
    expect(nodes.map(({ operator, inputs: [first] }) => [operator, first])).toEqual([
      ['Conv', 'p/crop1'],
      ['Add', 'd'],
    ]);
    expect(nodes[0].attributes.has('pads')).toBe(false);
    expect(inputs.map(({ name }) => name)).toEqual(['p/crop0', 'p/crop1']);
    expect(outputs.map(({ name }) => name)).toEqual(['s']);
  });

  test('beyond the border a pool sees less than any number', () => {
    const padded = layer('MaxPool', ['x'], 'p', { kernel_shape: [3, 3], ...same });
    expect(stageBetween(graphOf([padded])!, 0, 1)!.crops[0].fill).toBeLessThan(-3e38);
  });

  test('what follows takes whole maps', () => {
    const rest = restFrom(graph, 3);
    const whole = { scale: 0, shift: 0, extent: 4 };
    expect(rest.crops).toEqual([{ value: 'p', spans: [whole, whole], fill: 0, name: 'p' }]);
    expect(restModel(graph, rest).graph.nodes.map(({ operator }) => operator)).toEqual([
      'Conv',
      'Add',
      'Flatten',
    ]);
  });
});

describe('there is no stage', () => {
  const halves = { strides: [2, 2] };

  test('of outputs that differ in size', () => {
    const graph = graphOf([
      layer('Conv', ['x', 'k1'], 'a'),
      layer('Conv', ['x', 'k2'], 'b'),
      layer('Conv', ['a', 'k3'], 'c'),
      layer('Conv', ['b', 'k2'], 'd'),
      layer('Add', ['c', 'd'], 's'),
    ])!;
    expect(stageBetween(graph, 0, 1)).toBeDefined();
    expect(stageBetween(graph, 0, 2)).toBeUndefined();
  });

  test('inside which one map is wanted in two parts', () => {
    const graph = graphOf([
      layer('Relu', ['x'], 'r'),
      layer('Conv', ['r', 'k1'], 'a', halves),
      layer('Conv', ['r', 'k2'], 'b', halves),
      layer('Add', ['a', 'b'], 's'),
    ])!;
    expect(stageBetween(graph, 1, 4)).toBeDefined();
    expect(stageBetween(graph, 0, 4)).toBeUndefined();
  });

  test('inside which two outputs of a node are', () => {
    const graph = graphOf(
      [
        layer('Conv', ['x', 'two'], 't'),
        node('Split', ['t', 'sizes'], ['u', 'v'], attributes({ axis: 1 })),
        layer('Conv', ['u', 'k1'], 'a', halves),
        layer('Conv', ['v', 'k2'], 'b', halves),
        layer('Add', ['a', 'b'], 's'),
      ],
      { two: normal([2, 1, 1, 1]), sizes: integers([1, 1]) },
    )!;
    expect(stageBetween(graph, 0, 2)).toBeDefined();
    expect(stageBetween(graph, 1, 5)).toBeUndefined();
  });

  test('of other numbers than float32', () => {
    const graph = graphOf([
      layer('Greater', ['x', 'one'], 'g'),
      layer('Cast', ['g'], 'y', { to: 1 }),
    ])!;
    expect(stageBetween(graph, 0, 1)).toBeUndefined();
    expect(stageBetween(graph, 0, 2)).toBeDefined();
  });
});

describe('few places are seen', () => {
  const bn = ['one', 'one', 'one', 'one'];
  test.each<[string, Node]>([
    ['by elementwise operators', layer('Mul', ['x', 'one'], 'y')],
    ['of two maps', layer('Mul', ['x', 'x'], 'y')],
    ['by clipping', layer('Clip', ['x', 'scalar'], 'y')],
    ['by a normalisation in evaluation', layer('BatchNormalization', ['x', ...bn], 'y')],
    ['by a normalisation over channels', layer('LRN', ['x'], 'y', { size: 3 })],
    [
      'where a mean counts zeros of the border',
      layer('AveragePool', ['x'], 'y', { kernel_shape: [3, 3], count_include_pad: 1, ...same }),
    ],
    ['by a mean without a border', layer('AveragePool', ['x'], 'y', { kernel_shape: [2, 2] })],
    ['by a border of one number', layer('Pad', ['x', 'pads', 'scalar'], 'y')],
    ['by what is dropped only in training', layer('Dropout', ['x'], 'y')],
  ])('%s', (_, one) => {
    const given = { scalar: floats([], [0.3]), pads: integers([0, 0, 1, 2, 0, 0, 0, 1]) };
    expect(operators(graphOf([one], given)!).local).toBe(one.operator);
  });
});

describe('all places may be seen', () => {
  test.each<[string, Node]>([
    ['where a constant tells them apart', layer('Mul', ['x', 'plane'], 'y')],
    [
      'where a mean leaves the border out',
      layer('AveragePool', ['x'], 'y', { kernel_shape: [3, 3], ...same }),
    ],
    [
      'where its last windows hang over',
      layer('AveragePool', ['x'], 'y', { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 }),
    ],
    ['where a border mirrors the map', layer('Pad', ['x', 'pads'], 'y', { mode: 'reflect' })],
    ['where channels get a border', layer('Pad', ['x', 'channels'], 'y')],
    ['by maps that are joined along rows', layer('Concat', ['x', 'x'], 'y', { axis: 2 })],
    ['by a convolution with computed weights', layer('Conv', ['x', 'x'], 'y')],
    [
      'by a normalisation in training',
      layer('BatchNormalization', ['x', 'one', 'one', 'one', 'one'], 'y', { training_mode: 1 }),
    ],
    [
      'where the places of the largest elements are wanted',
      node('MaxPool', ['x'], ['y', 'at'], attributes({ kernel_shape: [2, 2] })),
    ],
    ['by what is drawn', layer('RandomNormalLike', ['x'], 'y')],
    ['by an operator that is not known', layer('Warp', ['x'], 'y')],
  ])('%s', (_, one) => {
    const pads = {
      pads: integers([0, 0, 1, 1, 0, 0, 1, 1]),
      channels: integers([0, 1, 0, 0, 0, 1, 0, 0]),
    };
    const relu = layer('Relu', ['x'], 'first');
    const model = [
      relu,
      { ...one, inputs: one.inputs.map(name => (name === 'x' ? 'first' : name)) },
    ];
    expect(operators(graphOf(model, pads)!).local).toBe('Relu');
  });

  test('of what a mean over all of them scales', () => {
    const graph = graphOf([
      layer('Conv', ['x', 'k3'], 'c', same),
      layer('GlobalAveragePool', ['c'], 'g'),
      layer('Mul', ['c', 'g'], 'm'),
      layer('Relu', ['m'], 'r'),
    ])!;
    expect(operators(graph)).toEqual({ local: 'Conv', rest: 'GlobalAveragePool Mul Relu Flatten' });
  });
});

test('images with channels behind space are followed past the transposition in front', () => {
  const turn = layer('Transpose', ['x'], 't', { perm: [0, 3, 1, 2] });
  const nodes = [turn, layer('Conv', ['t', 'k3'], 'c', same)];
  const graph = graphOf(nodes, {}, ['N', 8, 8, 1])!;
  expect(graph.source).toBe('t');
  expect(operators(graph)).toEqual({ local: 'Conv', rest: 'Flatten' });
  const read = layer('Add', ['c', 'also'], 's');
  const twice = [...nodes, layer('Transpose', ['x'], 'also', { perm: [0, 3, 1, 2] }), read];
  expect(graphOf(twice, {}, ['N', 8, 8, 1])).toBeUndefined();
});
