import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { asTensorFlow } from '../layers/as-tensor-flow.js';
import type { LayersModel } from '../layers/layers-model.js';
import { joined, type Random } from '@nads/linalg';
import { sizeOf } from '@nads/onnx';
import type { Layer } from '../exchange/layer-rule.js';
import { ruleOf } from '../exchange/rules/index.js';
import { fromOnnxLayout, toOnnxLayout, type WeightLayout } from '../exchange/weight-layout.js';
import { weightNames } from '../exchange/weight-names.js';
import { MaskedDropout } from '../layers/dropout.js';
import { decayOf, type MeasureDecay } from '../measures/measure-decay.js';
import type { Optimizer } from '../optimizers/optimizer.js';
import { dropoutMask } from './dropout-mask.js';
import type { Batch, Engine, State, StepResult } from './engine.js';
import { countCorrect, oneHot } from './one-hot.js';
import { requireFit } from './require-fit.js';

/** Options of an engine. */
export interface TfjsEngineOptions {
  readonly optimizer: Optimizer;
  readonly clip?: number;
  /** How learnt measures decay; as all weights do if not given. */
  readonly measureDecay?: MeasureDecay;
  /** Where dropout's masks come from. */
  readonly random: Random;
}

/** A weight of the model, and the array that holds it in ONNX's layout. */
interface Weight {
  readonly name: string;
  readonly layout: WeightLayout;
  readonly variable: Layer['weights'][number];
  readonly trainable: boolean;
}

/** Images that are predicted at once. */
const predictedAtOnce = 256;

/** Trains with TensorFlow.js on the backend that it has chosen. */
export class TfjsEngine implements Engine {
  readonly name = `tfjs on ${tf.getBackend()}`;
  private readonly model: tfl.LayersModel;
  private readonly options: TfjsEngineOptions;
  private readonly weights: readonly Weight[];
  private readonly slots: Map<string, { dims: readonly number[]; data: Float32Array }>;
  private stepsDone = 0;

  /** Trains a model in place. */
  constructor(model: LayersModel, options: TfjsEngineOptions) {
    this.model = asTensorFlow(model);
    this.options = options;
    this.weights = this.model.layers.flatMap(weightsOf);
    this.slots = new Map(
      this.trainable.flatMap(weight =>
        options.optimizer.slots.map(slot => {
          const { dims, data } = read(weight);
          return [`${slot}/${weight.name}`, { dims, data: new Float32Array(data.length) }];
        }),
      ),
    );
  }

  async step(batch: Batch, rate: number): Promise<StepResult> {
    try {
      return this.stepNow(batch, rate);
    } catch (error) {
      throw readable(error as Error);
    }
  }

  private stepNow({ images, labels }: Batch, rate: number): StepResult {
    this.setMasks(labels.length);
    const { value, grads, logits } = this.gradients(images, labels);
    const loss = value.dataSync()[0];
    const found = this.trainable.map(({ layout, variable }) => {
      const gradient = grads[(variable.read() as tf.Variable).name];
      const data = gradient.dataSync<'float32'>();
      return toOnnxLayout({ dims: gradient.shape, data }, layout).data;
    });
    this.update(found, rate);
    const correct = countCorrect(logits.dataSync<'float32'>(), labels);
    tf.dispose([value, logits, ...Object.values(grads)]);
    this.stepsDone++;
    return { loss, correct };
  }

  predict(images: Float32Array): Promise<Float32Array> {
    const dims = this.imageDims;
    const pixels = sizeOf(dims);
    const parts: Float32Array[] = [];
    for (let first = 0; first < images.length; first += predictedAtOnce * pixels) {
      const some = images.subarray(first, first + predictedAtOnce * pixels);
      parts.push(
        tf.tidy(() => {
          const x = tf.tensor(some, [some.length / pixels, ...dims]);
          return (this.model.apply(x, { training: false }) as tf.Tensor).dataSync<'float32'>();
        }),
      );
    }
    return Promise.resolve(joined(Float32Array, parts));
  }

  state(): State {
    const weights = this.weights.map(weight => [weight.name, read(weight)] as const);
    return new Map([...weights, ...this.slots]);
  }

  restore(state: State, stepsDone: number): void {
    requireFit(this.state(), state);
    for (const weight of this.weights) write(weight, state.get(weight.name)!);
    for (const [name, { data }] of this.slots) data.set(state.get(name)!.data);
    this.stepsDone = stepsDone;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private get trainable(): readonly Weight[] {
    return this.weights.filter(({ trainable }) => trainable);
  }

  private get imageDims(): number[] {
    return this.model.inputs[0].shape.slice(1).map(Number);
  }

  /** The mean cross-entropy, its gradients by the names of variables, and the logits. */
  private gradients(images: Float32Array, labels: ArrayLike<number>) {
    const classes = Number(this.model.outputs[0].shape[1]);
    const dims = [labels.length, ...this.imageDims];
    let logits: tf.Tensor | undefined;
    const found = tf.tidy(() => {
      const x = tf.tensor(images, dims);
      const targets = tf.tensor2d(oneHot(labels, classes), [labels.length, classes]);
      return tf.variableGrads(
        () => {
          logits = tf.keep(this.model.apply(x, { training: true }) as tf.Tensor);
          const each = tf.sum(tf.mul(targets, tf.logSoftmax(logits)), 1);
          return tf.neg(tf.mean(each));
        },
        this.trainable.map(({ variable }) => variable.read() as tf.Variable),
      );
    });
    return { ...found, logits: logits! };
  }

  private update(gradients: readonly Float32Array[], rate: number): void {
    const { optimizer, clip, measureDecay } = this.options;
    if (clip !== undefined) cut(gradients, clip);
    this.trainable.forEach((weight, i) => {
      const value = read(weight);
      const slots = optimizer.slots.map(slot => this.slots.get(`${slot}/${weight.name}`)!.data);
      const step = this.stepsDone + 1;
      const decay = decayOf(weight.name, value.dims, measureDecay);
      optimizer.apply({ weight: value.data, gradient: gradients[i], rate, step, slots, decay });
      write(weight, value);
    });
  }

  private setMasks(count: number): void {
    const random = this.options.random.fork(this.stepsDone);
    for (const layer of this.model.layers)
      if (layer instanceof MaskedDropout) {
        const dims = [count, ...(layer.output as { shape: number[] }).shape.slice(1)];
        const mask = dropoutMask(sizeOf(dims), layer.rate, random.fork(`mask/${layer.name}`));
        layer.setMask(mask, dims);
      }
  }
}

/** A factor min(1, clip / (‖all gradients‖ + 1e-6)) for all of them. */
function cut(gradients: readonly Float32Array[], clip: number): void {
  const squares = gradients.reduce((sum, g) => sum + g.reduce((s, x) => s + x * x, 0), 0);
  const factor = Math.min(1, clip / (Math.sqrt(squares) + 1e-6));
  for (const gradient of gradients) for (let i = 0; i < gradient.length; i++) gradient[i] *= factor;
}

function weightsOf(layer: Layer): Weight[] {
  if (layer.weights.length === 0) return [];
  return weightNames(ruleOf(layer.getClassName()), layer).map(({ name, layout }, i) => {
    const variable = layer.weights[i];
    return { name, layout, variable, trainable: layer.trainableWeights.includes(variable) };
  });
}

function read({ variable, layout }: Weight) {
  const value = variable.read();
  const data = Float32Array.from(value.dataSync<'float32'>());
  return toOnnxLayout({ dims: value.shape, data }, layout);
}

function write({ variable, layout }: Weight, value: ReturnType<typeof read>): void {
  const { dims, data } = fromOnnxLayout(value, layout);
  tf.tidy(() => {
    variable.write(tf.tensor(data, [...dims]));
  });
}

/** WebAssembly that finds no more memory traps wherever the missing memory is used: 'divide by zero', 'memory access out of bounds'. */
function readable(error: Error): Error {
  if (error.name !== 'RuntimeError') return error;
  return new Error(
    `TensorFlow.js ran out of memory, or failed, on ${tf.getBackend()} (${error.message}); choose a smaller \`batch\`, or \`engine\` onnx`,
    { cause: error },
  );
}
