import {
  attributes,
  floats,
  node,
  type Model,
  type Node,
  type Tensor,
  type ValueInfo,
} from '@nads/onnx';

/** A value of a graph. */
export const value = (
  name: string,
  dims: ValueInfo['dims'],
  type: ValueInfo['type'] = 'float32',
): ValueInfo => ({ name, dims, type });

/** Some weights that are not all the same. */
export const weights = (...dims: number[]): Tensor =>
  floats(
    dims,
    Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(i + 1)),
  );

interface Parts {
  readonly inputs?: readonly ValueInfo[];
  readonly outputs?: readonly ValueInfo[];
  readonly initializers?: Readonly<Record<string, Tensor>>;
  readonly opsets?: readonly (readonly [string, number])[];
}

const ownWeights = { kernel: weights(3, 1, 3, 3), matrix: weights(2, 192), bias: weights(2) };

/** A model of these nodes; where nothing else is said, x [N, 1, 8, 8] becomes y [N, 2]. */
export function modelOf(nodes: readonly Node[], parts: Parts = {}): Model {
  const { inputs = [value('x', ['N', 1, 8, 8])], outputs = [value('y', ['N', 2])] } = parts;
  return {
    irVersion: 8,
    opsets: new Map(parts.opsets ?? [['', 13]]),
    producer: { name: 'test', version: '1' },
    functions: [],
    graph: {
      name: 'g',
      nodes,
      inputs,
      outputs,
      initializers: new Map(Object.entries({ ...ownWeights, ...parts.initializers })),
      valueInfo: [],
    },
  };
}

/** A 3×3 convolution of 1 to 3 channels. */
export const convolution = (from = 'x', to = 'conv'): Node =>
  node('Conv', [from, 'kernel'], [to], attributes({ kernel_shape: [3, 3], pads: [1, 1, 1, 1] }));

/** What follows the convolution: ReLU and a linear layer of two outputs. */
export const rest = (from = 'conv'): Node[] => [
  node('Relu', [from], ['relu']),
  node('Flatten', ['relu'], ['flat']),
  node('Gemm', ['flat', 'matrix', 'bias'], ['y'], attributes({ transB: 1 })),
];

/** A small convolutional network with some nodes between its convolution and the rest. */
export const network = (between: readonly Node[] = [], parts: Parts = {}): Model =>
  modelOf([convolution(), ...between, ...rest(between.at(-1)?.outputs[0])], parts);
