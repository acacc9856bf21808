import { floats, type Model, type Node, type Tensor } from '@nads/onnx';

/** A model of float32 values from images x [N, channels, 2, 2] to the last node's output. */
export function smallModel(
  nodes: readonly Node[],
  weights: Readonly<Record<string, Tensor>> = {},
  { channels = 1, batch = 'N' }: { channels?: number; batch?: number | 'N' } = {},
): Model {
  return {
    irVersion: 8,
    opsets: new Map([['', 13]]),
    producer: { name: 'test', version: '1' },
    functions: [],
    graph: {
      name: 'small',
      nodes,
      inputs: [{ name: 'x', type: 'float32', dims: [batch, channels, 2, 2] }],
      outputs: [{ name: nodes.at(-1)!.outputs[0], type: 'float32' }],
      initializers: new Map(Object.entries(weights)),
      valueInfo: [],
    },
  };
}

/** Weights of these dims, drawn by a formula. */
export const uneven = (...dims: number[]): Tensor =>
  floats(
    dims,
    Array.from({ length: dims.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(1 + i * i)),
  );

/** Images of four pixels whose signs all differ. */
export const fourImages = Float32Array.from([
  1, 1, 1, 1, -1, 2, 3, 4, -1, -2, 3, 4, -1, -2, -3, -4,
]);
