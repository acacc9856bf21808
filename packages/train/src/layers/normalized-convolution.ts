import * as tf from '@tensorflow/tfjs-core';
import { initializers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { channelsFirst, channelsLast } from './channels-last.js';
import { SlidingLayer, type Sliding } from './sliding-layer.js';

/** What convolutions are divided by. */
export interface Normalized {
  /** Whether filters are divided by their norms as well as patches: cosines of the angle between them. */
  readonly byFilter: boolean;
  /** ε in norms √(Σx² + ε). */
  readonly epsilon: number;
}

/** A convolution divided by the norms of patches. Weight: kernel [k, k, inputs, filters]. */
export class NormalizedConvolution extends SlidingLayer<Sliding & Normalized> {
  static readonly className = 'NormalizedConvolution';

  override build([, channels]: number[]): void {
    const { kernel, filters } = this.settings;
    const shape = [kernel, kernel, channels, filters];
    this.addWeight('kernel', shape, 'float32', initializers.zeros());
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { stride, padding, byFilter, epsilon } = this.settings;
    return tf.tidy(() => {
      const x = channelsLast(Array.isArray(inputs) ? inputs[0] : inputs);
      const kernel = this.weights[0].read() as tf.Tensor4D;
      const filters = byFilter ? tf.div(kernel, this.filterNorms(kernel)) : kernel;
      const responses = tf.conv2d(x, filters as tf.Tensor4D, stride, padding);
      return channelsFirst(tf.div(responses, tf.sqrt(tf.add(this.patchSquares(x), epsilon))));
    });
  }

  private filterNorms(kernel: tf.Tensor4D): tf.Tensor {
    const squares = tf.sum(tf.square(kernel), [0, 1, 2], true);
    return tf.sqrt(tf.add(squares, this.settings.epsilon));
  }

  /** Σx² over each patch: [N, h, w, 1]. */
  private patchSquares(x: tf.Tensor4D): tf.Tensor {
    const { kernel, stride, padding } = this.settings;
    const squares: tf.Tensor4D = tf.sum(tf.square(x), 3, true);
    return tf.conv2d(squares, tf.ones([kernel, kernel, 1, 1]), stride, padding);
  }
}

tf.serialization.registerClass(NormalizedConvolution);

/** ε of the published code of neural similarity learning. */
export const publishedEpsilon = 1e-4;

/** A convolution without a bias, with k >> 1 zeros around the image, divided by √(Σx² + ε) over each patch. */
export const normalizedConvolution = (
  x: SymbolicTensor,
  name: string,
  filters: number,
  kernel: number,
  { stride = 1, byFilter = false, epsilon = publishedEpsilon }: Partial<Normalized & Sliding> = {},
): SymbolicTensor => {
  const settings = { filters, kernel, stride, padding: kernel >> 1, byFilter, epsilon };
  return new NormalizedConvolution({ name, settings }).apply(x) as SymbolicTensor;
};
