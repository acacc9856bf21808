import type { Tensor } from '@nads/onnx';

/** Images and their classes. */
export interface Batch {
  /** [n × C·H·W] */
  readonly images: Float32Array;
  /** [n] */
  readonly labels: ArrayLike<number>;
}

/** What came out of a step. */
export interface StepResult {
  /** Mean cross-entropy of the batch before the step. */
  readonly loss: number;
  /** Images whose largest logit was that of their class. */
  readonly correct: number;
}

/** All that a network and its optimiser have learnt, by name; weights in ONNX's layout. */
export type State = ReadonlyMap<string, Pick<Tensor, 'dims'> & { readonly data: Float32Array }>;

/** Something that trains a network. */
export interface Engine {
  /** Name and backend, for reports. */
  readonly name: string;
  /** One step of the optimiser with a learning rate. */
  step(batch: Batch, rate: number): Promise<StepResult>;
  /** Logits in evaluation mode: [n × classes]. */
  predict(images: Float32Array): Promise<Float32Array>;
  /** Weights, averages and the optimiser's own arrays. */
  state(): State;
  /** Goes on from a state. @throws where it belongs to another network or optimiser, naming what differs. */
  restore(state: State, stepsDone: number): void;
  close(): Promise<void>;
}
