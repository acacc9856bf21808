import { expectClose } from '@nads/testing';
import { readFileSync } from 'node:fs';
import { node, type Node } from '../src/graph.js';
import { inferShapes } from '../src/infer-shapes.js';
import { readModel } from '../src/read-model.js';
import { splitTail } from '../src/tail.js';
import { floats, type Tensor } from '../src/tensor.js';
import { buildModel, normal, run, runFirst } from './build-model.js';

const layer = (operator: string, inputs: string[], output: string): Node =>
  node(operator, inputs, [output]);

const modelOf = (nodes: Node[], given: Record<string, Tensor> = {}) =>
  buildModel({
    nodes,
    initializers: {
      k: normal([2, 1, 3, 3], 'k'),
      w: normal([72, 4], 'w'),
      v: normal([4, 3], 'v'),
      ...given,
    },
  });

const conv = layer('Conv', ['x', 'k'], 'c');
const flat = layer('Flatten', ['c'], 'f');

test('the tail behind the body is the whole', async () => {
  const nodes = [
    conv,
    flat,
    layer('MatMul', ['f', 'w'], 'h'),
    layer('Relu', ['h'], 'r'),
    layer('MatMul', ['r', 'v'], 'y'),
  ];
  const model = modelOf(nodes);
  const split = splitTail(model)!;
  expect(split.value).toBe('f');
  expect([...split.body.graph.initializers.keys()]).toEqual(['k']);
  expect([...split.tail.graph.initializers.keys()]).toEqual(['w', 'v']);
  const x = normal([1, 1, 8, 8]);
  const { f } = await run(split.body, { x });
  const y = await runFirst(split.tail, { f: floats(f.dims, f.data as Float32Array) });
  expectClose(y, await runFirst(model, { x }), { rtol: 1e-5 });
});

test.each(['lenet', 'vgg11bn-narrow'])(
  'the tail of %s behind its body is the whole',
  async name => {
    const model = readModel(readFileSync(new URL(`../../../models/${name}.onnx`, import.meta.url)));
    const [{ name: input, dims }] = model.graph.inputs;
    const x = normal([2, ...(dims!.slice(1) as number[])]);
    const split = splitTail(model)!;
    const value = (await run(split.body, { [input]: x }))[split.value];
    const y = await runFirst(split.tail, {
      [split.value]: floats(value.dims, value.data as Float32Array),
    });
    expectClose(y, await runFirst(model, { [input]: x }), { rtol: 1e-4, atol: 1e-6 });
    expect(
      inferShapes(split.tail, { [split.value]: value.dims }).get(model.graph.outputs[0].name)
        ?.dims?.[0],
    ).toBe(2);
  },
);

test.each([
  ['Gemm', 'ConvTranspose'],
  ['MatMul', 'ConvTranspose'],
  ['Gemm', 'Conv'],
])('a %s behind a %s begins the tail', (linear, convolution) => {
  const nodes = [
    layer(linear, ['x', 'v'], 'early'),
    layer(convolution, ['early', 'k'], 'c'),
    flat,
    layer(linear, ['f', 'w'], 'y'),
  ];
  expect(splitTail(modelOf(nodes))?.value).toBe('f');
});

describe('there is no tail', () => {
  test.each<[string, Node[]]>([
    ['without convolutions', [layer('Flatten', ['x'], 'f'), layer('MatMul', ['f', 'u'], 'y')]],
    ['without linear layers', [conv, layer('Relu', ['c'], 'y')]],
    [
      'behind what only has the name of a product',
      [conv, flat, node('MatMul', ['f', 'w'], ['y'], new Map(), { domain: 'org.example' })],
    ],
    [
      'where the image passes it by',
      [
        conv,
        flat,
        layer('MatMul', ['f', 'w'], 'h'),
        layer('ReduceSum', ['x'], 's'),
        layer('Add', ['h', 's'], 'y'),
      ],
    ],
    [
      'where what the convolution computes passes it by',
      [
        conv,
        flat,
        layer('MatMul', ['f', 'w'], 'h'),
        layer('ReduceSum', ['c'], 's'),
        layer('Add', ['h', 's'], 'y'),
      ],
    ],
  ])('%s', (_, nodes) => {
    expect(splitTail(modelOf(nodes, { u: normal([64, 3]) }))).toBeUndefined();
  });
});

test('initializers that are listed as inputs do not pass it by', () => {
  const model = modelOf([conv, flat, layer('MatMul', ['f', 'w'], 'y')]);
  const listed = {
    ...model.graph,
    inputs: [...model.graph.inputs, { name: 'w', type: 'float32' as const, dims: [72, 4] }],
  };
  expect(splitTail({ ...model, graph: listed })?.value).toBe('f');
});
