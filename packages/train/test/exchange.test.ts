import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import {
  input,
  layers,
  model,
  type LayersModel,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import { Random } from '@nads/linalg';
import { floats, withGraph, writeModel, type Model } from '@nads/onnx';
import { float32 } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { expectClose } from '@nads/testing';
import { architectureOf, architectures, freshNetwork, fromOnnx, toOnnx } from '../src/index.js';
import { asTensorFlow } from '../src/layers/index.js';
import { chooseBackend } from '../src/node/index.js';

beforeAll(async () => {
  await chooseBackend('wasm');
});

const noise = (count: number, seed = 1): Float32Array => {
  const data = new Float32Array(count);
  new Random(seed).fillNormal(data, 0, 1);
  return data;
};

async function run(onnx: Model, x: Float32Array, dims: number[]): Promise<Float32Array> {
  const session = await nodeRuntime.createSession(writeModel(onnx));
  const { logits } = await session.run({ x: float32(x, dims) });
  await session.release();
  return logits.data as Float32Array;
}

/** The model with running averages that are not those of a fresh one. */
function withAverages(onnx: Model): Model {
  const drawn = [...onnx.graph.initializers].map(([name, tensor]) => {
    const average = /\.running_(mean|var)$/.exec(name);
    if (!average) return [name, tensor] as const;
    const data = noise(tensor.data.length, name.length);
    const values = average[1] === 'var' ? data.map(v => 0.5 + v * v) : data.map(v => 0.1 * v);
    return [name, floats(tensor.dims, values)] as const;
  });
  return withGraph(onnx, { initializers: new Map(drawn) });
}

async function expectSame(network: LayersModel, onnx: Model, x: Float32Array, dims: number[]) {
  const found = await run(onnx, x, dims);
  const expected = (network.predict(tensor(x, dims)) as Tensor).dataSync<'float32'>();
  const norm = (values: Float32Array): number => Math.hypot(...values);
  const difference = norm(found.map((value, i) => value - expected[i]));
  expect(difference / norm(expected)).toBeLessThan(1e-5);
}

/** A cell with every operation, and one whose output is zero. */
const cells = [
  'cell:|nor_conv_3x3~0|+|avg_pool_3x3~0|none~1|+|skip_connect~0|nor_conv_1x1~1|skip_connect~2|',
  'cell:|nor_conv_3x3~0|+|none~0|none~1|+|none~0|none~1|skip_connect~2|',
].map(architectureOf);

describe.each([...architectures, ...cells])('$name', architecture => {
  const sizes = { channels: 3, height: 32, width: 32, classes: 4 };

  test('gives the same in ONNX as in TensorFlow.js, whatever its statistics', async () => {
    const { layers: network, onnx } = freshNetwork(architecture, sizes, { random: new Random(1) });
    const changed = withAverages(onnx);
    fromOnnx(network, changed.graph.initializers);
    await expectSame(
      asTensorFlow(network),
      toOnnx(network),
      noise(2 * 3 * 32 * 32),
      [2, 3, 32, 32],
    );
    const names = (one: Model) => [...one.graph.initializers.keys()].toSorted();
    expect(names(toOnnx(network))).toEqual(names(onnx));
  });
});

test.each(['lenet', 'resnet18'])('%s without pooling keeps the size of the image', async name => {
  const architecture = architectures.find(one => one.name === name)!;
  const sizes = { channels: 1, height: 12, width: 12, classes: 2 };
  const options = { random: new Random(1), pooling: false };
  const { layers: network, onnx } = freshNetwork(architecture, sizes, options);
  expect(onnx.graph.nodes.some(({ operator }) => /Pool/.test(operator))).toBe(false);
  await expectSame(asTensorFlow(network), onnx, noise(144), [1, 1, 12, 12]);
});

test('zeros before anything but a convolution stay a layer of their own', async () => {
  const x = input({ shape: [1, 4, 4], name: 'x' });
  const padded = layers
    .zeroPadding2d({ padding: 1, dataFormat: 'channelsFirst', name: 'zeros' })
    .apply(x) as SymbolicTensor;
  const flat = layers.flatten({ name: 'flat' }).apply(padded) as SymbolicTensor;
  const network = model({ inputs: x, outputs: flat });
  const onnx = toOnnx(network);
  expect(onnx.graph.nodes.map(({ operator }) => operator)).toEqual(['Pad', 'Flatten']);
  await expectSame(asTensorFlow(network), onnx, noise(16), [1, 1, 4, 4]);
});

test('layers without a counterpart are named', () => {
  const x = input({ shape: [1, 4, 4], name: 'x' });
  const build = (layer: layers.Layer) =>
    model({ inputs: x, outputs: layer.apply(x) as SymbolicTensor });
  const up = layers.upSampling2d({ dataFormat: 'channelsFirst', name: 'larger' });
  expect(() => toOnnx(build(up))).toThrow(
    /^layer 'larger' is a UpSampling2D, which cannot be exported/,
  );
  const last = layers.maxPooling2d({ poolSize: 2, name: 'pool' });
  expect(() => toOnnx(build(last))).toThrow(/layer 'pool' takes images as channelsLast/);
});

test('weights that do not fit are named, and nothing is changed', () => {
  const lenet = architectures.find(({ name }) => name === 'lenet')!;
  const sizes = { channels: 1, height: 32, width: 32, classes: 2 };
  const { layers: network, onnx } = freshNetwork(lenet, sizes, { random: new Random(1) });
  const before = asTensorFlow(network).layers[1].getWeights()[0].dataSync().slice();
  const wrong = new Map(onnx.graph.initializers);
  wrong.set('conv1.weight', floats([6, 1, 5, 5], new Float32Array(150)));
  wrong.set('fc3.weight', floats([3, 84], new Float32Array(252)));
  expect(() => fromOnnx(network, wrong)).toThrow(/'fc3.weight' has dims \[3,84\]/);
  wrong.delete('fc3.weight');
  expect(() => fromOnnx(network, wrong)).toThrow(/no weight 'fc3.weight'/);
  expectClose(asTensorFlow(network).layers[1].getWeights()[0].dataSync(), before);
});
