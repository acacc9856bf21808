import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';

/** A learnt factor for each channel of [N, C, H, W], or for each number of [N, C]; ones at first. */
export class ChannelScale extends layers.Layer {
  static readonly className = 'ChannelScale';

  override build([, channels, ...space]: number[]): void {
    const shape = [channels, ...space.map(() => 1)];
    this.addWeight('scale', shape, 'float32', initializers.ones());
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    return tf.mul(x, this.weights[0].read());
  }

  override computeOutputShape(shape: (number | null)[]): (number | null)[] {
    return shape;
  }
}

tf.serialization.registerClass(ChannelScale);

/** x times a learnt factor for each channel. */
export const channelScale = (x: SymbolicTensor, name: string): SymbolicTensor =>
  new ChannelScale({ name }).apply(x) as SymbolicTensor;
