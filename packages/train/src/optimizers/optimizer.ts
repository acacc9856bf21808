import type { Algebra } from '@nads/onnx';

/** A value of the graph of a training step. */
type Value = string;

/** What an update can use, all of the same shape as the weight. */
export interface Update {
  readonly g: Algebra;
  readonly weight: Value;
  /** The loss's gradient, clipped. */
  readonly gradient: Value;
  /** Learning rate, a scalar. */
  readonly rate: Value;
  /** 1 in the first step: a scalar. */
  readonly step: Value;
  /** The optimiser's own arrays, in the order of `slots`. */
  readonly slots: readonly Value[];
  /** Where the weight does not decay as the optimiser says. */
  readonly decay?: Decay<Value>;
}

/** λ and t of a penalty λ/2 Σ(w − t)². */
export interface Decay<T> {
  readonly strength: number;
  /** Zeros if not given. */
  readonly target?: T;
}

/** A rule that changes weights, as formulas for a graph and as a loop over arrays. */
export interface Optimizer {
  readonly name: string;
  /** Arrays that it keeps for each weight, zero at first. */
  readonly slots: readonly string[];
  /** The new weight and the new slots. */
  readonly update: (update: Update) => readonly [Value, ...Value[]];
  /** The same in place. */
  readonly apply: (state: ArrayUpdate) => void;
}

/** What an in-place update can use. */
export interface ArrayUpdate {
  readonly weight: Float32Array;
  /** The loss's gradient, clipped. */
  readonly gradient: Float32Array;
  readonly rate: number;
  /** 1 in the first step. */
  readonly step: number;
  readonly slots: readonly Float32Array[];
  /** Where the weight does not decay as the optimiser says. */
  readonly decay?: Decay<Float32Array>;
}
