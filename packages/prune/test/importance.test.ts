import { Random } from '@nads/linalg';
import { attributes, floats, node, withGraph, writeModel, type Model } from '@nads/onnx';
import { expectClose } from '@nads/testing';
import { float32 } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import {
  analysedNetwork,
  channelGroups,
  channelUnit,
  crossEntropy,
  measureImportance,
  singleUnits,
  type Criterion,
  type Minibatch,
} from '../src/index.js';
import { smallNetwork } from './small-network.js';

/** A network of 3 channels behind a normalisation, and 4 classes. */
const network = smallNetwork(
  [
    node('Conv', ['x', 'kernel'], ['a']),
    node('BatchNormalization', ['a', 'gamma', 'beta', 'mean', 'variance'], ['b']),
    node('Relu', ['b'], ['c']),
    node('GlobalAveragePool', ['c'], ['d']),
    node('Flatten', ['d'], ['e']),
    node('Gemm', ['e', 'head'], ['y'], attributes({ transB: 1 })),
  ],
  {
    kernel: [3, 3, 1, 1],
    gamma: [3],
    beta: [3],
    mean: [3],
    variance: [3],
    head: [4, 3],
  },
);

const pixels = new Float32Array(2 * 3 * 16);
new Random(3).fillNormal(pixels, 0, 1);
const batch: Minibatch = { images: float32(pixels, [2, 3, 4, 4]), labels: [1, 3] };

async function importance(criterion: Criterion, batches = [batch]): Promise<Float64Array> {
  const channels = channelGroups(network, { x: [2, 3, 4, 4] });
  const analysed = analysedNetwork(channels);
  const units = singleUnits(analysed.filters);
  const subject = { analysed, inference: channels.inference, units, classes: 4 };
  return measureImportance(subject, criterion, {
    runtime: nodeRuntime,
    batches,
    random: new Random(1),
  });
}

/** The loss with a channel multiplied by a gate behind its normalisation. */
async function lossWithGate(channel: number, gate: number): Promise<number> {
  const session = await nodeRuntime.createSession(writeModel(gated(channel, gate)));
  const found = await session.run({ x: batch.images });
  await session.release();
  return crossEntropy(found.y.data as Float32Array, batch.labels).loss;
}

function gated(channel: number, gate: number): Model {
  const initializers = new Map(network.graph.initializers);
  for (const name of ['gamma', 'beta']) {
    const data = (initializers.get(name)!.data as Float32Array).slice();
    data[channel] *= gate;
    initializers.set(name, floats([3], data));
  }
  return withGraph(network, { initializers });
}

/** First and second derivatives of the loss by each gate, from differences. */
async function differences(): Promise<{ first: number; second: number }[]> {
  const step = 0.05;
  return Promise.all(
    [0, 1, 2].map(async channel => {
      const [less, same, more] = [
        await lossWithGate(channel, 1 - step),
        await lossWithGate(channel, 1),
        await lossWithGate(channel, 1 + step),
      ];
      return {
        first: (more - less) / (2 * step),
        second: (more - 2 * same + less) / step ** 2,
      };
    }),
  );
}

test('the first order is the squared derivative by a gate', async () => {
  const expected = await differences();
  expectClose(
    await importance('first-order'),
    expected.map(({ first }) => first ** 2),
    { rtol: 1e-2, atol: 1e-6 },
  );
});

test('the second order adds the curvature of the loss by the gate', async () => {
  const expected = await differences();
  expectClose(
    await importance('diagonal'),
    expected.map(({ first, second }) => (second / 2 - first) ** 2),
    { rtol: 1e-2, atol: 1e-5 },
  );
});

test('importance is the mean over minibatches', async () => {
  const [once, twice] = [await importance('row'), await importance('row', [batch, batch])];
  expectClose(twice, once);
});

test('the filters of a channel are those of its layers', () => {
  const channels = channelGroups(network, { x: [2, 3, 4, 4] });
  const { filters } = analysedNetwork(channels);
  expect(filters.map(({ weight, value, scale }) => [weight, value, scale])).toEqual([
    ['kernel', 'b', 'gamma'],
  ]);
  const [, second] = channels.groups[0].channels;
  expect(channelUnit(second, filters).members).toEqual([{ list: 0, place: 1 }]);
});

test('a layer whose weight is computed is an error that names it and says what to do', () => {
  const computed = smallNetwork(
    [
      node('Mul', ['kernel', 'measure'], ['measured']),
      node('Conv', ['x', 'measured'], ['a'], undefined, { name: 'conv' }),
      node('Relu', ['a'], ['b']),
      node('GlobalAveragePool', ['b'], ['c']),
      node('Flatten', ['c'], ['d']),
      node('Gemm', ['d', 'head'], ['y'], attributes({ transB: 1 })),
    ],
    { kernel: [3, 3, 2, 2], measure: [2, 2], head: [4, 3] },
  );
  expect(() => analysedNetwork(channelGroups(computed, { x: [2, 3, 4, 4] }))).toThrow(
    "the weight of node 'conv' (Conv) is computed, not stored; nads fold stores weights that are computed from constants",
  );
});

test('a label that is no class is an error that names the image', () => {
  expect(() => crossEntropy([0, 1, 1, 0], [0, 2])).toThrow(
    'image 1 has label 2; the model has classes 0 to 1',
  );
});
