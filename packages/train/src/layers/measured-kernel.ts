import * as tf from '@tensorflow/tfjs-core';
import type { Measure } from '../measures/measure.js';

/** The measure of the inner product: ones, or the identity. */
export function plainMeasure({ measure }: Measure, dims: readonly number[]): tf.Tensor {
  if (measure === 'diagonal') return tf.ones([...dims]);
  return tf.tidy(() => tf.mul(tf.ones([...dims]), tf.eye(dims[dims.length - 1])));
}

/**
 * The kernel of the plain convolution that gives the same: W ⊙ d, or Σ_i W[i] M[i, j] over places i of the kernel.
 * @param kernel [k, k, inputs, filters]
 */
export function measuredKernel(
  kernel: tf.Tensor,
  measure: tf.Tensor,
  { measure: kind, perChannel }: Measure,
): tf.Tensor4D {
  const [size, , inputs, filters] = kernel.shape;
  if (kind === 'diagonal') {
    const byPlace = perChannel ? tf.transpose(measure, [1, 2, 0]) : measure;
    return tf.mul(kernel, tf.reshape(byPlace, [size, size, perChannel ? inputs : 1, 1]));
  }
  const shape: [number, number, number, number] = [size, size, inputs, filters];
  if (!perChannel) {
    const rows = tf.reshape(kernel, [size ** 2, inputs * filters]);
    return tf.reshape(tf.matMul(measure, rows, true), shape);
  }
  const byChannel = tf.transpose(tf.reshape(kernel, [size ** 2, inputs, filters]), [1, 0, 2]);
  const folded = tf.matMul(measure, byChannel, true);
  return tf.reshape(tf.transpose(folded, [1, 0, 2]), shape);
}
