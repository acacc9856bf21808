import { Random } from '@nads/linalg';
import { readFileSync } from 'node:fs';
import { attributes, type AttributeLike } from '../src/attribute.js';
import {
  allocateWeights,
  architecture,
  drawWeights,
  type Architecture,
} from '../src/fresh-weights.js';
import { node, type Node } from '../src/graph.js';
import { inferShapes } from '../src/infer-shapes.js';
import { parseInit } from '../src/init/schemes.js';
import { withGraph, type Model } from '../src/model.js';
import { readModel } from '../src/read-model.js';
import { floats, integers, tensorOf } from '../src/tensor.js';
import { buildModel, normal, runFirst } from './build-model.js';

const layer = (
  operator: string,
  inputs: string[],
  output: string,
  values: Record<string, AttributeLike> = {},
): Node => node(operator, inputs, [output], attributes(values));

const architectureOf = (model: Model): Architecture => architecture(model, inferShapes(model));

/** Weights by name, as one seed draws them. */
function drawn({ draws }: Architecture, seed = 1, init = 'pytorch'): Map<string, Float32Array> {
  const into = allocateWeights(draws);
  drawWeights(draws, parseInit(init), new Random(seed), into);
  return into;
}

/** The model with drawn weights in place. */
function filled(fresh: Architecture, seed = 1): Model {
  const values = drawn(fresh, seed);
  const initializers = new Map(
    [...fresh.model.graph.initializers].map(([name, tensor]) => [
      name,
      values.has(name) ? floats(tensor.dims, values.get(name)!) : tensor,
    ]),
  );
  return withGraph(fresh.model, { initializers });
}

/** Two parallel branches, a norm each, and a shared head. */
function branches(): Model {
  const nodes = [
    layer('Conv', ['x', 'w1'], 'a', { pads: [1, 1, 1, 1] }),
    layer('Conv', ['x', 'w2'], 'b', { pads: [1, 1, 1, 1] }),
    layer('BatchNormalization', ['a', 'one', 'zero', 'zero', 'one'], 'c'),
    layer('BatchNormalization', ['b', 'one', 'zero', 'zero', 'one'], 'd'),
    layer('Add', ['c', 'd'], 'e'),
    layer('Flatten', ['e'], 'f'),
    layer('Gemm', ['f', 'w3', 'b3'], 'y', { transB: 1 }),
  ];
  const initializers = {
    w1: normal([2, 1, 3, 3], 1),
    w2: normal([2, 1, 3, 3], 2),
    one: floats([2], [1, 1]),
    zero: floats([2], [0, 0]),
    w3: normal([3, 128], 3),
    b3: normal([3], 4),
  };
  return buildModel({ nodes, initializers });
}

test('a seed gives the same bytes, another seed others', () => {
  const fresh = architectureOf(branches());
  expect(drawn(fresh, 1)).toEqual(drawn(fresh, 1));
  expect(drawn(fresh, 1)).not.toEqual(drawn(fresh, 2));
});

test('the order of nodes and initializers in memory makes no difference', () => {
  const model = branches();
  const { nodes, initializers } = model.graph;
  const shuffled = withGraph(model, {
    nodes: [1, 0, 3, 2, 4, 5, 6].map(i => nodes[i]),
    initializers: new Map([...initializers].toReversed()),
  });
  const sorted = (weights: Map<string, Float32Array>) =>
    [...weights].toSorted(([a], [b]) => (a < b ? -1 : 1));
  expect(sorted(drawn(architectureOf(shuffled)))).toEqual(sorted(drawn(architectureOf(model))));
});

test('batch-norm goes back to identity, whatever the file says', () => {
  const model = branches();
  const trained = withGraph(model, {
    initializers: new Map([
      ...model.graph.initializers,
      ['one', normal([2])],
      ['zero', normal([2], 2)],
    ]),
  });
  for (const fresh of [architectureOf(model), architectureOf(trained)])
    for (const { name, kind, role } of fresh.draws.filter(draw => draw.kind === 'norm')) {
      const expected = role === 'scale' || role === 'variance' ? 1 : 0;
      expect([name, kind, [...drawn(fresh).get(name)!]]).toEqual([
        name,
        'norm',
        [expected, expected],
      ]);
    }
});

test('equal uniform constants that an exporter shares are untied', () => {
  const { draws } = architectureOf(branches());
  expect(draws.filter(({ kind }) => kind === 'norm')).toHaveLength(8);
  const nodes = [
    layer('Identity', ['w'], 'v'),
    layer('MatMul', ['x', 'w'], 'h'),
    layer('MatMul', ['h', 'v'], 'y'),
  ];
  const shared = architectureOf(
    buildModel({
      nodes,
      inputs: { x: [1, 4] },
      initializers: { w: floats([4, 4], Array<number>(16).fill(0)) },
    }),
  );
  const [one, other] = drawn(shared).values();
  expect(one).not.toEqual(other);
  expect(shared.model.graph.nodes.map(({ operator }) => operator)).toEqual(['MatMul', 'MatMul']);
});

test('layers that share learned weights by design stay tied', async () => {
  const nodes = [
    layer('MatMul', ['x', 'w'], 'h'),
    layer('Transpose', ['w'], 'v'),
    layer('MatMul', ['h', 'v'], 'y'),
  ];
  const model = buildModel({ nodes, inputs: { x: [1, 2] }, initializers: { w: normal([2, 3]) } });
  const fresh = architectureOf(model);
  expect(fresh.draws).toHaveLength(1);
  const w = [...drawn(fresh).values()][0];
  const product = (i: number, j: number): number =>
    [0, 1, 2].reduce((sum, k) => sum + w[3 * i + k] * w[3 * j + k], 0);
  const y = await runFirst(filled(fresh), { x: floats([1, 2], [1, 0]) });
  expect(y[0]).toBeCloseTo(product(0, 0), 5);
  expect(y[1]).toBeCloseTo(product(0, 1), 5);
});

test.each([
  ['listed as inputs', { x: [1, 4], w: [4, 2] }, [] as Node[], { w: normal([4, 2]) }],
  [
    'in Constant nodes',
    { x: [1, 4] },
    [layer('Constant', [], 'w', { value: { type: 'tensor', value: normal([4, 2]) } })],
    {},
  ],
  [
    'in ConstantOfShape nodes',
    { x: [1, 4] },
    [layer('ConstantOfShape', ['s'], 'w')],
    { s: integers([4, 2]) },
  ],
  [
    'behind a Reshape',
    { x: [1, 4] },
    [layer('Reshape', ['v', 's'], 'w')],
    { v: normal([8]), s: integers([4, 2]) },
  ],
])('weights %s become initializers that onnxruntime takes', async (_, inputs, before, given) => {
  const nodes = [...before, layer('MatMul', ['x', 'w'], 'y')];
  const fresh = architectureOf(buildModel({ nodes, inputs, initializers: given }));
  expect(fresh.model.graph.inputs.map(({ name }) => name)).toEqual(['x']);
  const [w] = drawn(fresh).values();
  const y = await runFirst(filled(fresh), { x: floats([1, 4], [0, 1, 0, 0]) });
  expect([...y]).toEqual([...w.subarray(2, 4)]);
});

test('constants before the first layer stay', () => {
  const nodes = [layer('Sub', ['x', 'mean'], 'a'), layer('Conv', ['a', 'w'], 'y')];
  const mean = floats([1, 3, 1, 1], [0.5, 0.4, 0.3]);
  const model = buildModel({
    nodes,
    inputs: { x: [1, 3, 8, 8] },
    initializers: { mean, w: normal([2, 3, 3, 3]) },
  });
  const fresh = architectureOf(model);
  expect(fresh.model.graph.initializers.get('mean')).toBe(mean);
  expect(fresh.draws.map(({ name }) => name)).toEqual(['fresh/w']);
});

test('weights in half precision are refused, naming the layer', () => {
  const nodes = [node('MatMul', ['x', 'w'], ['y'], new Map(), { name: 'fc' })];
  const model = buildModel({
    nodes,
    inputs: { x: [1, 4] },
    initializers: { w: tensorOf('float16', [4, 2], Array(8).fill(0)) },
  });
  expect(() => architectureOf(model)).toThrow(
    "layer 'fc' (MatMul) has float16 weights; convert the model to float32",
  );
});

describe('nodes that draw random numbers in every run', () => {
  const dense = layer('MatMul', ['h', 'w'], 'y');
  const sketch = (...nodes: Node[]): Model =>
    buildModel({
      nodes,
      inputs: { x: [1, 4] },
      outputs: ['y'],
      initializers: {
        w: normal([4, 2]),
        half: floats([], [0.5]),
        zero: floats([], [0]),
        on: tensorOf('bool', [], [1]),
        off: tensorOf('bool', [], [0]),
      },
    });

  test.each([
    [
      'as weights',
      sketch(layer('RandomNormal', [], 'v', { shape: [4, 2] }), layer('MatMul', ['x', 'v'], 'y')),
      'v',
    ],
    [
      'as noise',
      sketch(layer('RandomUniformLike', ['x'], 'n'), layer('Add', ['x', 'n'], 'h'), dense),
      'n',
    ],
    ['in training', sketch(layer('Dropout', ['x', 'half', 'on'], 'h'), dense), 'h'],
  ])('are refused: %s', (_, model, name) => {
    expect(() => architectureOf(model)).toThrow(
      new RegExp(`node '${name}' .* draws random numbers in every run`),
    );
  });

  test.each([
    [
      'no output depends on them',
      sketch(layer('RandomNormalLike', ['x'], 'n'), layer('Relu', ['x'], 'h'), dense),
    ],
    ['they are at rest', sketch(layer('Dropout', ['x', 'half', 'off'], 'h'), dense)],
    ['they are so unless told otherwise', sketch(layer('Dropout', ['x', 'half'], 'h'), dense)],
    ['they drop nothing', sketch(layer('Dropout', ['x', 'zero', 'on'], 'h'), dense)],
  ])('pass where %s', (_, model) => {
    expect(architectureOf(model).draws).toHaveLength(1);
  });
});

test.each(['lenet', 'resnet18-1x32x32', 'densenet121-1x32x32'])(
  '%s runs with fresh weights',
  async name => {
    const file = readModel(readFileSync(new URL(`../../../models/${name}.onnx`, import.meta.url)));
    const inference = inferShapes(file, { [file.graph.inputs[0].name]: [1, 1, 32, 32] });
    const fresh = architecture(file, inference);
    const { graph } = filled(fresh);
    const y = await runFirst(filled(fresh), { [graph.inputs[0].name]: normal([1, 1, 32, 32]) });
    expect([...y].every(value => Number.isFinite(value) && value !== 0)).toBe(true);
  },
);
