import * as tf from '@tensorflow/tfjs-core';

/** [N, C, H, W] → [N, H, W, C], as the kernels of TensorFlow.js take images. */
export const channelsLast = (x: tf.Tensor): tf.Tensor4D =>
  tf.transpose(x as tf.Tensor4D, [0, 2, 3, 1]);

/** [N, H, W, C] → [N, C, H, W]. */
export const channelsFirst = (x: tf.Tensor): tf.Tensor4D =>
  tf.transpose(x as tf.Tensor4D, [0, 3, 1, 2]);
