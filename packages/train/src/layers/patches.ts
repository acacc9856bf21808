import * as tf from '@tensorflow/tfjs-core';
import type { Sliding } from './sliding-layer.js';

/**
 * What windows of k×k places see: [N, H, W, C] → [N, h, w, k², C], places row by row.
 * By slices alone, since TensorFlow.js cannot differentiate slices with strides.
 */
export function patches(
  x: tf.Tensor4D,
  { kernel, stride, padding }: Omit<Sliding, 'filters'>,
): tf.Tensor {
  const [count, height, width, channels] = x.shape;
  const [rows, columns] = [height, width].map(
    size => Math.floor((size + 2 * padding - kernel) / stride) + 1,
  );
  // behind the last window as many places more as a stride steps over
  const behind = padding + stride - 1;
  const padded = tf.pad4d(x, [
    [0, 0],
    [padding, behind],
    [padding, behind],
    [0, 0],
  ]);
  const seen = Array.from({ length: kernel ** 2 }, (_, place) => {
    const start = [0, Math.floor(place / kernel), place % kernel, 0];
    const size = [count, rows * stride, columns * stride, channels];
    return everyNth(tf.slice(padded, start, size), stride);
  });
  return tf.reshape(tf.concat(seen, 3), [count, rows, columns, kernel ** 2, channels]);
}

/** Every n-th row and column, from the first. */
function everyNth(x: tf.Tensor, n: number): tf.Tensor {
  if (n === 1) return x;
  const [count, height, width, channels] = x.shape;
  const [rows, columns] = [height / n, width / n];
  const ofRows = tf.reshape(x, [count * rows, n, width * channels]);
  const kept = tf.slice(ofRows, [0, 0, 0], [-1, 1, -1]);
  const ofColumns = tf.reshape(kept, [count * rows * columns, n, channels]);
  return tf.reshape(tf.slice(ofColumns, [0, 0, 0], [-1, 1, -1]), [count, rows, columns, channels]);
}
