import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';

/** Share of the running averages that a batch leaves as it is: PyTorch's. */
const momentum = 0.9;

/** What may differ between batch normalisations. */
export interface BatchNormOptions {
  /** What is added to variances; 1e-5, as in PyTorch, if not given. */
  readonly epsilon?: number;
}

/**
 * Batch normalisation of [N, C, H, W] over all but C (Ioffe & Szegedy 2015). TensorFlow.js's own layer takes an axis, but its
 * kernels normalise the last one whatever it says.
 */
export class ChannelNormalization extends layers.Layer {
  static readonly className = 'ChannelNormalization';
  readonly momentum = momentum;
  readonly epsilon: number;

  constructor({ epsilon = 1e-5, ...rest }: BatchNormOptions & { readonly name: string }) {
    super(rest);
    this.epsilon = epsilon;
  }

  override build([, channels]: number[]): void {
    const [zeros, ones] = [initializers.zeros(), initializers.ones()];
    const add = (name: string, initial: typeof zeros, trainable: boolean): void => {
      this.addWeight(name, [channels], 'float32', initial, undefined, trainable);
    };
    add('gamma', ones, true);
    add('beta', zeros, true);
    add('moving_mean', zeros, false);
    add('moving_variance', ones, false);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training }: { training?: boolean }): tf.Tensor {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    const [gamma, beta, ...averages] = this.weights;
    return tf.tidy(() => {
      const [mean, variance] = training
        ? batchStatistics(x)
        : averages.map(weight => perChannel(weight.read()));
      if (training) blend(averages, [mean, variance]);
      const slope = tf.div(perChannel(gamma.read()), tf.sqrt(tf.add(variance, this.epsilon)));
      return tf.add(tf.mul(tf.sub(x, mean), slope), perChannel(beta.read()));
    });
  }

  override computeOutputShape(shape: (number | null)[]): (number | null)[] {
    return shape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), momentum, epsilon: this.epsilon };
  }
}

tf.serialization.registerClass(ChannelNormalization);

const perChannel = (value: tf.Tensor): tf.Tensor => tf.reshape(value, [1, -1, 1, 1]);

/** Mean and variance of each channel, as part of the formula that is differentiated: [1, C, 1, 1]. */
function batchStatistics(x: tf.Tensor): [tf.Tensor, tf.Tensor] {
  const { mean, variance } = tf.moments(x, [0, 2, 3], true);
  return [mean, variance];
}

function blend(averages: readonly layers.Layer['weights'][number][], batch: readonly tf.Tensor[]) {
  averages.forEach((average, i) => {
    const value = tf.reshape(batch[i], average.shape as number[]);
    average.write(tf.add(tf.mul(average.read(), momentum), tf.mul(value, 1 - momentum)));
  });
}

/** Batch normalisation of the channels of [N, C, H, W]. */
export const batchNorm = (
  x: SymbolicTensor,
  name: string,
  options: BatchNormOptions = {},
): SymbolicTensor => new ChannelNormalization({ ...options, name }).apply(x) as SymbolicTensor;
