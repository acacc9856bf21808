import * as tf from '@tensorflow/tfjs-core';
import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';

/** Gives zeros of the shape of its input. (`Zeros` is a class of TensorFlow.js, in the same register.) */
class ZerosLike extends layers.Layer {
  static readonly className = 'ZerosLike';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.zerosLike(Array.isArray(inputs) ? inputs[0] : inputs);
  }

  override computeOutputShape(shape: (number | null)[]): (number | null)[] {
    return shape;
  }
}

tf.serialization.registerClass(ZerosLike);

/** Zeros of the shape of a value. */
export const zeros = (x: SymbolicTensor, name: string): SymbolicTensor =>
  new ZerosLike({ name }).apply(x) as SymbolicTensor;
