import type { DataType, TensorData } from '@nads/onnx';

/** What a session takes and gives: numeric elements in row-major order. */
export interface Value {
  readonly type: DataType;
  readonly dims: readonly number[];
  readonly data: TensorData;
}

/** Values by the name of an input or output. */
export type Values = Readonly<Record<string, Value>>;

/** A model made ready to run. */
export interface Session {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Runs the model once. @throws what the runtime says of inputs that do not fit. */
  run(inputs: Values): Promise<Values>;
  /**
   * Frees outputs that are not read any more, in runtimes that give them in memory of JavaScript: the next run's are put there. Without it
   * they wait for the garbage collector and every run takes fresh memory, which is slow to get in a browser (docs/viewer.md).
   */
  discard?(outputs: Values): void;
  /** Frees what the session holds; it cannot run any more. */
  release(): Promise<void>;
}

/** How to make a session. */
export interface SessionOptions {
  /** Threads of this session; 1 where several sessions run side by side. */
  readonly threads?: number;
  /**
   * False to ask for memory value by value, instead of for one block that has been planned from the shapes of an earlier run:
   * less memory at about the same speed where values are large.
   */
  readonly planMemory?: boolean;
  /** Bytes of the external data that the model refers to, by location. */
  readonly external?: ReadonlyMap<string, Uint8Array>;
}

/** Something that runs ONNX models. */
export interface Runtime {
  /** Name and version, for reports. */
  readonly name: string;
  /** What runs models in double precision where this cannot; itself if not given. */
  readonly double?: Runtime;
  /** Whether linalg multiplies matrices in double precision in less time, as is so beside WebAssembly's MatMul. */
  readonly slowDoubles?: boolean;
  /** Whether making a session takes so long that one for many networks, with weights as inputs, is better where they are quick to run. */
  readonly slowSessions?: boolean;
  /** @throws where the model is malformed or an operator is not supported, in the runtime's words. */
  createSession(model: Uint8Array, options?: SessionOptions): Promise<Session>;
}

/** A float32 value. */
export const float32 = (data: Float32Array, dims: readonly number[]): Value => ({
  type: 'float32',
  dims,
  data,
});
