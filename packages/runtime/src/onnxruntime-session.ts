import type { InferenceSession, Tensor, TypedTensor } from 'onnxruntime-common';
import { countNodes } from '@nads/onnx';
import { runtimeMessage } from './runtime-message.js';
import type { Session, SessionOptions, Value, Values } from './session.js';

/** The part of onnxruntime's two JavaScript packages that is the same. */
export interface OnnxRuntime {
  readonly InferenceSession: {
    create(model: Uint8Array, options?: InferenceSession.SessionOptions): Promise<InferenceSession>;
  };
  readonly Tensor: new (
    type: Tensor.Type,
    data: Tensor.DataType,
    dims?: readonly number[],
  ) => Tensor;
}

/** A session of onnxruntime, in Node or in the browser. */
export async function createOnnxRuntimeSession(
  { InferenceSession, Tensor }: OnnxRuntime,
  model: Uint8Array,
  { external }: SessionOptions,
  options: InferenceSession.SessionOptions,
): Promise<Session> {
  const externalData = external && [...external].map(([path, data]) => ({ path, data }));
  const settings = { ...options, ...optimization(model), ...(externalData && { externalData }) };
  const session = await readable(InferenceSession.create(model, settings));
  await requireNamedOutputs(session);
  const wrap = ({ type, data, dims }: Value): Tensor =>
    new Tensor(type as Tensor.Type, data as Tensor.DataType, dims);
  return {
    inputs: session.inputNames,
    outputs: session.outputNames,
    run: async inputs => unwrap(await readable(session.run(mapValues(inputs, wrap)))),
    release: () => session.release(),
  };
}

/** Nodes of a graph that onnxruntime rewrites before it runs it, at most. */
export const mostRewritten = 10_000;

/**
 * Rewriting takes time that grows with the square of the number of nodes: of a chain and its derivative, 1.5 s for 4,000 and
 * 47 s for 20,000. Planning memory takes a third of what is left.
 */
const optimization = (model: Uint8Array): InferenceSession.SessionOptions =>
  countNodes(model) > mostRewritten
    ? { graphOptimizationLevel: 'disabled', enableMemPattern: false }
    : {};

/** @throws for a name that sets the prototype of an object: onnxruntime hands outputs on as one */
async function requireNamedOutputs(session: InferenceSession): Promise<void> {
  if (!session.outputNames.includes('__proto__')) return;
  await session.release();
  throw new Error(
    "an output is called '__proto__', which onnxruntime cannot hand on; give it another name",
  );
}

/** What the runtime does; what it says of failures in one readable line. */
async function readable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new Error(runtimeMessage((error as Error).message), { cause: error });
  }
}

function unwrap(outputs: InferenceSession.ReturnType): Values {
  return mapValues(
    outputs as Readonly<Record<string, TypedTensor<'float32'>>>,
    ({ type, dims, data }) => ({
      type,
      dims,
      data,
    }),
  );
}

function mapValues<A, B>(
  record: Readonly<Record<string, A>>,
  f: (value: A) => B,
): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, f(value)]));
}
