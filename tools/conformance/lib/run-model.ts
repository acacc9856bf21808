import { InferenceSession, type Tensor } from 'onnxruntime-node';

/** Tensors that onnxruntime takes or gives, by name. */
export type RuntimeTensors = Readonly<Record<string, Tensor>>;

// what it cannot load is reported by the check, so it need not print it
const options: InferenceSession.SessionOptions = {
  logSeverityLevel: 4,
  intraOpNumThreads: 1,
  graphOptimizationLevel: 'disabled',
};

/** All outputs of a model for these feeds. @throws where onnxruntime cannot run it. */
export async function runModel(bytes: Uint8Array, feeds: RuntimeTensors): Promise<RuntimeTensors> {
  const session = await InferenceSession.create(bytes, options);
  try {
    return await session.run(feeds);
  } finally {
    await session.release();
  }
}
