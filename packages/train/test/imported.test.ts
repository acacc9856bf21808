import { Random } from '@nads/linalg';
import {
  attributes,
  floats,
  integers,
  node,
  sizeOf,
  withGraph,
  writeModel,
  type Model,
  type Node,
  type Tensor,
} from '@nads/onnx';
import { nodeRuntime } from '@nads/runtime/node';
import { expectClose } from '@nads/testing';
import { OnnxEngine, sgd, withOwnInitializers, type BatchNorm } from '../src/index.js';

function drawn(...dims: number[]): Tensor {
  const data = new Float32Array(sizeOf(dims));
  new Random(dims.join()).fillNormal(data, 0, 0.5);
  return floats(dims, data);
}

const constant = (name: string, value: Tensor): Node =>
  node('Constant', [], [name], new Map([['value', { type: 'tensor', value } as const]]));

const conv = (from: string, weight: string, to: string): Node =>
  node('Conv', [from, weight], [to], attributes({ kernel_shape: [3, 3], pads: [1, 1, 1, 1] }));

/** Two convolutions with normalisations that share ones and zeros as exporters do, under names that a training step could want. */
function imported(): Model {
  const nodes = [
    constant('kernel', drawn(4, 2, 3, 3)),
    node('Identity', ['ones'], ['more ones']),
    conv('images', 'kernel', 'loss'),
    node('BatchNormalization', ['loss', 'ones', 'zeros', 'zeros', 'ones'], ['rate']),
    node('Relu', ['rate'], ['step']),
    conv('step', 'second', 'targets'),
    node('BatchNormalization', ['targets', 'ones', 'zeros', 'zeros', 'more ones'], ['kept']),
    node('Relu', ['kept'], ['added']),
    node('Flatten', ['added'], ['flat']),
    node('Gemm', ['flat', 'matrix'], ['y'], attributes({ transB: 1 })),
  ];
  const initializers = new Map([
    ['ones', floats([4], [1, 1, 1, 1])],
    ['zeros', floats([4], [0, 0, 0, 0])],
    ['second', drawn(4, 4, 3, 3)],
    ['matrix', drawn(3, 64)],
  ]);
  return {
    irVersion: 8,
    opsets: new Map([['', 17]]),
    producer: { name: 'test', version: '1' },
    functions: [],
    graph: {
      name: 'imported',
      nodes,
      inputs: [{ name: 'images', type: 'float32', dims: ['N', 2, 4, 4] }],
      outputs: [{ name: 'y', type: 'float32', dims: ['N', 3] }],
      initializers,
      valueInfo: [],
    },
  };
}

const open = (model: Model, batchNorm?: BatchNorm): Promise<OnnxEngine> =>
  OnnxEngine.open(model, {
    runtime: nodeRuntime,
    threads: 1,
    optimizer: sgd(),
    batchNorm,
    random: new Random(0),
  });

function batch(count = 8) {
  const images = new Float32Array(count * 32);
  new Random('images').fillNormal(images, 1, 2);
  return { images, labels: Int32Array.from({ length: count }, (_, i) => i % 3) };
}

test('an imported model is trained, whatever it calls its values', async () => {
  const engine = await open(withOwnInitializers(imported()));
  const losses = [];
  for (let i = 0; i < 10; i++) losses.push((await engine.step(batch(), 0.05)).loss);
  expect(losses[9]).toBeLessThan(0.5 * losses[0]);
  await engine.close();
});

test('constants in nodes are weights, and what the exporter shared is each layer’s own', async () => {
  const { graph } = withOwnInitializers(imported());
  expect(graph.nodes.map(({ operator }) => operator)).not.toContain('Constant');
  const copies = ['ones/rate/scale', 'ones/rate/variance', 'zeros/rate/mean', 'zeros/rate/shift'];
  const others = copies.map(name => name.replace('rate', 'kept'));
  const expected = ['kernel', 'matrix', 'second', ...copies, ...others];
  expect([...graph.initializers.keys()].toSorted()).toEqual(expected.toSorted());
});

test('running averages are those of each normalisation', async () => {
  const engine = await open(withOwnInitializers(imported()));
  const { images, labels } = batch();
  await engine.step({ images, labels }, 0);
  const state = engine.state();
  const [first, second] = ['rate', 'kept'].map(name => state.get(`zeros/${name}/mean`)!.data);
  expect(first).not.toEqual(second);
  await engine.close();
});

test('in evaluation the averages stay, and a step at rate 0 changes nothing', async () => {
  const engine = await open(withOwnInitializers(imported()), 'evaluation');
  const { images, labels } = batch();
  const before = await engine.predict(images);
  await engine.step({ images, labels }, 0);
  expect(await engine.predict(images)).toEqual(before);
  expectClose(before, await predicted(imported(), images), { rtol: 1e-5, atol: 1e-5 });
  await engine.close();
});

async function predicted(model: Model, images: Float32Array): Promise<Float32Array> {
  const session = await nodeRuntime.createSession(writeModel(model));
  const x = { type: 'float32' as const, data: images, dims: [images.length / 32, 2, 4, 4] };
  return (await session.run({ images: x })).y.data as Float32Array;
}

test('a weight that is no float32 is named', () => {
  const model = imported();
  const half: Tensor = { type: 'float16', dims: [3, 64], data: new Uint16Array(192) };
  const initializers = new Map([...model.graph.initializers, ['matrix', half]]);
  expect(() => withOwnInitializers(withGraph(model, { initializers }))).toThrow(
    "weight 'matrix' holds float16, training needs float32; export the float32 model",
  );
});

test('a weight that a node fills is named', () => {
  const model = imported();
  const shape = integers([3, 64 * 128]);
  const nodes = [
    node('ConstantOfShape', ['shape'], ['wide']),
    ...model.graph.nodes.slice(0, -1),
    node('Gemm', ['flat', 'wide'], ['y'], attributes({ transB: 1 })),
  ];
  const initializers = new Map([...model.graph.initializers, ['shape', shape]]);
  expect(() => withOwnInitializers(withGraph(model, { nodes, initializers }))).toThrow(
    "weight 'wide' is filled by a node",
  );
});

describe('dropout', () => {
  /** The network with a dropout over rows of pixels, and its reshapes. */
  function dropping(ratio: number): Model {
    const model = imported();
    const nodes = [
      constant('ratio', floats([], [ratio])),
      node('Reshape', ['images', 'rows'], ['by row']),
      node('Dropout', ['by row', 'ratio'], ['dropped']),
      node('Reshape', ['dropped', 'maps'], ['again']),
      ...model.graph.nodes.map(one => ({
        ...one,
        inputs: one.inputs.map(name => (name === 'images' ? 'again' : name)),
      })),
    ];
    const initializers = new Map([
      ...model.graph.initializers,
      ['rows', integers([-1, 4])],
      ['maps', integers([-1, 2, 4, 4])],
    ]);
    return withOwnInitializers(withGraph(model, { nodes, initializers }));
  }

  test('of nothing needs no mask', async () => {
    const engine = await open(dropping(0));
    expect((await engine.step(batch(), 0.05)).loss).toBeGreaterThan(0);
    await engine.close();
  });

  test('over something else than images is refused', async () => {
    await expect(open(dropping(0.5))).rejects.toThrow(
      "dropout 'dropped' is not over images one by one: of one image its input has dims [8,4]",
    );
  });
});
