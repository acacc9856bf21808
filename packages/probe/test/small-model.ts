import { pixelsOf, type ImageShape } from '@nads/basis';
import { attributes, floats, node, type Model, type Node, type Tensor } from '@nads/onnx';

/** What a test says of a small model; the rest is usual. */
export interface Sketch {
  readonly nodes: readonly Node[];
  readonly image: ImageShape;
  readonly weights?: Readonly<Record<string, Tensor>>;
  readonly layout?: 'NCHW' | 'NHWC';
  /** 'N' for a free batch. */
  readonly batch?: number | 'N';
  readonly opsets?: readonly (readonly [string, number])[];
}

/** A model of float32 values from images x to the last node's output. */
export function smallModel(sketch: Sketch): Model {
  const { nodes, image, weights = {}, layout = 'NCHW', batch = 'N', opsets = [['', 13]] } = sketch;
  const { channels, height, width } = image;
  const dims =
    layout === 'NCHW' ? [batch, channels, height, width] : [batch, height, width, channels];
  return {
    irVersion: 8,
    opsets: new Map(opsets),
    producer: { name: 'test', version: '1' },
    functions: [],
    graph: {
      name: 'small',
      nodes,
      inputs: [{ name: 'x', type: 'float32', dims }],
      outputs: [{ name: nodes.at(-1)!.outputs[0], type: 'float32' }],
      initializers: new Map(Object.entries(weights)),
      valueInfo: [],
    },
  };
}

/** Weights that differ, of a mean that is not zero. */
export const uneven = (...dims: number[]): Tensor =>
  floats(
    dims,
    Array.from({ length: dims.reduce((a, b) => a * b, 1) }, (_, i) => 0.3 + Math.sin(i + 1)),
  );

/** A linear layer without what makes it linear in images: [N, …] is flattened before. */
export const linearLayer = (from: string, name: string, to: string): Node =>
  node('Gemm', [from, name, `${name}-bias`], [to], attributes({ transB: 1 }));

/** Weights of such a layer. */
export const linearWeights = (name: string, outputs: number, inputs: number) => ({
  [name]: uneven(outputs, inputs),
  [`${name}-bias`]: uneven(outputs),
});

/** A logistic regression without its softmax: y = last · x + bias. */
export const linearModel = (image: ImageShape, outputs: number): Model =>
  smallModel({
    image,
    nodes: [node('Flatten', ['x'], ['flat']), linearLayer('flat', 'last', 'y')],
    weights: linearWeights('last', outputs, pixelsOf(image)),
  });
