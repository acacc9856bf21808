/**
 * A `LayersModel` of TensorFlow.js. Its declarations do not pass where a program checks those of libraries too, so that this one
 * stands for them: what else such a model can do is there after a cast, `model as unknown as tf.LayersModel`.
 */
export interface LayersModel {
  readonly name: string;
  readonly layers: readonly { readonly name: string; getClassName(): string }[];
  /** Tensors of TensorFlow.js from tensors of it. */
  apply(inputs: unknown, options?: unknown): unknown;
  predict(inputs: unknown): unknown;
  countParams(): number;
  dispose(): unknown;
}
