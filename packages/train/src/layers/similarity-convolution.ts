import * as tf from '@tensorflow/tfjs-core';
import { initializers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { channelsFirst, channelsLast } from './channels-last.js';
import { measureDims, type Measure } from '../measures/measure.js';
import { measuredKernel, plainMeasure } from './measured-kernel.js';
import { SlidingLayer, type Sliding } from './sliding-layer.js';

type Settings = Sliding & Measure;

/** A convolution that compares by a learnt measure, the same everywhere. Weights: kernel [k, k, inputs, filters], measure. */
export class SimilarityConvolution extends SlidingLayer<Settings> {
  static readonly className = 'SimilarityConvolution';

  override build([, channels]: number[]): void {
    const { kernel, filters } = this.settings;
    const zeros = initializers.zeros();
    const dims = measureDims(this.settings, kernel, channels);
    this.addWeight('kernel', [kernel, kernel, channels, filters], 'float32', zeros);
    const plain = plainMeasure(this.settings, dims);
    this.addWeight('measure', dims, 'float32', zeros).write(plain);
    plain.dispose();
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { stride, padding } = this.settings;
    return tf.tidy(() => {
      const x = channelsLast(Array.isArray(inputs) ? inputs[0] : inputs);
      const [kernel, measure] = this.weights.map(weight => weight.read());
      const folded = measuredKernel(kernel, measure, this.settings);
      return channelsFirst(tf.conv2d(x, folded, stride, padding));
    });
  }
}

tf.serialization.registerClass(SimilarityConvolution);

/** What may differ between convolutions that compare by a measure. */
export interface SimilarityOptions extends Measure {
  readonly stride?: number;
}

/**
 * A static neural similarity convolution (Liu et al. 2019, section 4.1) [N, C, H, W] → [N, filters, …] without a bias: y = wᵀ M x
 * over patches of k×k places with k >> 1 zeros around the image. Its measure is that of the inner product at first.
 */
export const similarityConvolution = (
  x: SymbolicTensor,
  name: string,
  filters: number,
  kernel: number,
  { stride = 1, measure, perChannel = false }: SimilarityOptions,
): SymbolicTensor => {
  const settings = { filters, kernel, stride, padding: kernel >> 1, measure, perChannel };
  return new SimilarityConvolution({ name, settings }).apply(x) as SymbolicTensor;
};
