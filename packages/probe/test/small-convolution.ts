import type { ImageShape } from '@nads/basis';
import { attributes, node, type Model } from '@nads/onnx';
import { affine, type Vector } from './reference.js';
import { linearLayer, linearWeights, smallModel, uneven } from './small-model.js';

/** A 3×3 convolution with a pad of 1 and these strides, down the rows and along the columns. */
export interface Convolution {
  readonly image: ImageShape;
  readonly strides: readonly [number, number];
}

/** Channels that the convolution makes. */
export const filters = 2;

const [hidden, outputs] = [4, 2];

/** What the convolution makes: [filters, height, width]. */
function sizeAfter({ image, strides }: Convolution): readonly [number, number] {
  return [
    Math.floor((image.height - 1) / strides[0]) + 1,
    Math.floor((image.width - 1) / strides[1]) + 1,
  ];
}

/** Convolution, ReLU, linear layer, ReLU, linear layer: what follows the convolution is a tail. */
export function convolutional(shape: Convolution): Model {
  const { image, strides } = shape;
  const [height, width] = sizeAfter(shape);
  const convolution = attributes({ kernel_shape: [3, 3], pads: [1, 1, 1, 1], strides });
  return smallModel({
    image,
    nodes: [
      node('Conv', ['x', 'kernel', 'kernel-bias'], ['c'], convolution),
      node('Relu', ['c'], ['r']),
      node('Flatten', ['r'], ['flat']),
      linearLayer('flat', 'middle', 'm'),
      node('Relu', ['m'], ['features']),
      linearLayer('features', 'last', 'y'),
    ],
    weights: {
      kernel: uneven(filters, image.channels, 3, 3),
      'kernel-bias': uneven(filters),
      ...linearWeights('middle', hidden, filters * height * width),
      ...linearWeights('last', outputs, hidden),
    },
  });
}

const relu = (values: Vector): Vector => values.map(x => Math.max(0, x));

/** Convolution and ReLU: what enters the tail. */
export function bodyOf(
  shape: Convolution,
  weights: ReadonlyMap<string, Vector>,
  x: Vector,
): Vector {
  const { image, strides } = shape;
  const { channels, height, width } = image;
  const [rows, columns] = sizeAfter(shape);
  const pixel = (c: number, i: number, j: number): number =>
    i < 0 || j < 0 || i >= height || j >= width ? 0 : x[(c * height + i) * width + j];
  const kernel = weights.get('kernel')!;
  const values: number[] = [];
  for (let f = 0; f < filters; f++)
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) {
        let sum = weights.get('kernel-bias')![f];
        for (let c = 0; c < channels; c++)
          for (let at = 0; at < 9; at++) {
            const [y, z] = [Math.floor(at / 3), at % 3];
            const value = pixel(c, strides[0] * i + y - 1, strides[1] * j + z - 1);
            sum += kernel[(f * channels + c) * 9 + at] * value;
          }
        values.push(sum);
      }
  return relu(values);
}

/** From what enters the tail to the features of the last layer. */
export const tailOf = (weights: ReadonlyMap<string, Vector>, values: Vector): Vector =>
  relu(affine(weights, 'middle', values));
