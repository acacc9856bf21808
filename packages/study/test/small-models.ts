import type { LabelledImages } from '@nads/dataset';
import {
  attributes,
  floats,
  node,
  writeModel,
  type Model,
  type Node,
  type Tensor,
} from '@nads/onnx';
import type { OnProgress } from '@nads/runtime';
import { sourceModel, type SourceModel } from '../src/index.js';

/** Images of these models: one channel of 4×4. */
export const shape = { channels: 1, height: 4, width: 4 };
const pixels = 16;

const value = (name: string, dims: (number | string)[]) => ({
  name,
  type: 'float32' as const,
  dims,
});

function modelOf(
  name: string,
  nodes: readonly Node[],
  outputs: number,
  initializers: Readonly<Record<string, Tensor>>,
  side: number | string = 4,
): SourceModel {
  const model: Model = {
    irVersion: 8,
    opsets: new Map([['', 13]]),
    producer: { name: 'test', version: '1' },
    functions: [],
    graph: {
      name: 'g',
      nodes,
      inputs: [value('x', ['N', 1, side, side])],
      outputs: [value('y', ['N', outputs])],
      initializers: new Map(Object.entries(initializers)),
      valueInfo: [],
    },
  };
  return sourceModel(name, writeModel(model));
}

const some = (...dims: number[]): Tensor =>
  floats(
    dims,
    Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(i + 1)),
  );

const dense = node('Gemm', ['flat', 'weights', 'bias'], ['y'], attributes({ transB: 1 }));

/** y = W x + b. @param weights rows of W */
export const linearModel = (
  weights: readonly ArrayLike<number>[],
  bias: readonly number[] = weights.map(() => 0),
): SourceModel =>
  modelOf('linear.onnx', [node('Flatten', ['x'], ['flat']), dense], weights.length, {
    weights: floats(
      [weights.length, pixels],
      Float32Array.from(weights.flatMap(row => Array.from(row))),
    ),
    bias: floats([bias.length], Float32Array.from(bias)),
  });

/** A convolution, a ReLU and a linear layer of two outputs. */
export const network = (): SourceModel =>
  modelOf(
    'network.onnx',
    [
      node(
        'Conv',
        ['x', 'kernel'],
        ['conv'],
        attributes({ kernel_shape: [3, 3], pads: [1, 1, 1, 1] }),
      ),
      node('Relu', ['conv'], ['relu']),
      node('Flatten', ['relu'], ['flat']),
      dense,
    ],
    2,
    { kernel: some(3, 1, 3, 3), weights: some(2, 48), bias: some(2) },
  );

/** A network whose outputs never change: what the convolution gives is cut to 0. */
export const deadNetwork = (): SourceModel =>
  modelOf(
    'dead.onnx',
    [
      node(
        'Conv',
        ['x', 'kernel'],
        ['conv'],
        attributes({ kernel_shape: [3, 3], pads: [1, 1, 1, 1] }),
      ),
      node('Clip', ['conv', 'zero', 'zero'], ['cut']),
      node('Flatten', ['cut'], ['flat']),
      dense,
    ],
    2,
    {
      kernel: some(3, 1, 3, 3),
      weights: some(2, 48),
      bias: some(2),
      zero: floats([], Float32Array.of(0)),
    },
  );

/** A direction with some numbers at some pixels. */
export const vector = (entries: Readonly<Record<number, number>>): Float64Array =>
  Float64Array.from({ length: pixels }, (_, i) => entries[i] ?? 0);

/** Numbers of an image of a set, from 0 to 1. */
export const numbersOf = (set: LabelledImages, index: number): number[] =>
  Array.from(set.image(index).data, byte => byte / 255);

/** Images of bytes that differ, and their labels. */
export function images(count: number, labels?: (index: number) => number): LabelledImages {
  const image = (index: number) => ({
    dims: [1, 4, 4] as const,
    data: Uint8Array.from({ length: pixels }, (_, i) => (37 * i + 101 * index + i * i) % 256),
  });
  return {
    count,
    dims: [1, 4, 4],
    labels: labels && Int32Array.from({ length: count }, (_, i) => labels(i)),
    image,
    nameOf: index => `image ${index}`,
  };
}

/** How something is aborted. */
interface Aborted {
  readonly reason: Error;
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
}

/** A signal that is aborted at a certain progress, and what watches it. */
export function abortedAt(unit: string, done: number): Aborted {
  const controller = new AbortController();
  const reason = new Error('enough');
  return {
    reason,
    signal: controller.signal,
    onProgress: now => {
      if (now.unit === unit && now.done >= done) controller.abort(reason);
    },
  };
}

/** Two convolutions whose outputs are averaged over 12×12 pixels. */
export const averagedModel = (): SourceModel => {
  const same = attributes({ pads: [1, 1, 1, 1] });
  const nodes = [
    node('Conv', ['x', 'first'], ['a'], same),
    node('Relu', ['a'], ['b']),
    node('Conv', ['b', 'second'], ['c'], same),
    node('Relu', ['c'], ['d']),
    node('GlobalAveragePool', ['d'], ['e']),
    node('Flatten', ['e'], ['flat']),
    dense,
  ];
  return modelOf(
    'averaged.onnx',
    nodes,
    2,
    {
      first: some(4, 1, 3, 3),
      second: some(6, 4, 3, 3),
      weights: some(2, 6),
      bias: some(2),
    },
    12,
  );
};
