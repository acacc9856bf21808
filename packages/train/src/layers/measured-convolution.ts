import * as tf from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';
import { channelsFirst, channelsLast } from './channels-last.js';
import type { Measure } from '../measures/measure.js';
import { patches } from './patches.js';
import { SlidingLayer, type Sliding } from './sliding-layer.js';

/**
 * A convolution whose measure is given for each pixel, less that of the inner product: of x [N, C, H, W] and d − 1 [N, k², h, w]
 * or M − I [N, k⁴, h, w] (channel i·k² + j is M[i, j], i the place of the weight, j that of the patch). Weight: kernel [k, k, C, filters].
 */
export class MeasuredConvolution extends SlidingLayer<Sliding & Pick<Measure, 'measure'>> {
  static readonly className = 'MeasuredConvolution';

  override build([[, channels]]: number[][]): void {
    const { kernel, filters } = this.settings;
    const shape = [kernel, kernel, channels, filters];
    this.addWeight('kernel', shape, 'float32', initializers.zeros());
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { kernel, filters } = this.settings;
    return tf.tidy(() => {
      const [x, measure] = (inputs as tf.Tensor[]).map(channelsLast);
      const seen = patches(x, this.settings);
      const [count, rows, columns, places, channels] = seen.shape;
      const flat = tf.reshape(seen, [count * rows * columns, places, channels]);
      const weighted = tf.add(flat, this.weighted(flat, measure, kernel ** 2));
      const weight = tf.reshape(this.weights[0].read(), [places * channels, filters]);
      const all = tf.matMul(tf.reshape(weighted, [-1, places * channels]), weight);
      return channelsFirst(tf.reshape(all, [count, rows, columns, filters]));
    });
  }

  /** (d − 1) ⊙ x or (M − I) x of patches [patches, k², C]. */
  private weighted(flat: tf.Tensor, measure: tf.Tensor, places: number): tf.Tensor {
    if (this.settings.measure === 'diagonal')
      return tf.mul(flat, tf.reshape(measure, [-1, places, 1]));
    return tf.matMul(tf.reshape(measure, [-1, places, places]), flat);
  }
}

tf.serialization.registerClass(MeasuredConvolution);
