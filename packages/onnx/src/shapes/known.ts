import type { DataType } from '../data-type.js';
import type { Tensor } from '../tensor.js';

/** What is known of a value before running: element type, dims, and the value itself where constant. */
export interface Known {
  readonly type?: DataType;
  /** Undefined where it depends on data. */
  readonly dims?: readonly number[];
  readonly value?: Tensor;
}

/** What is known of every value of a graph, by name. */
export type Inference = ReadonlyMap<string, Known>;
