import { InferenceSession } from 'onnxruntime-node';

// what it cannot load is reported by the check, so it need not print it
const options = { logSeverityLevel: 4, intraOpNumThreads: 1, graphOptimizationLevel: 'disabled' };

/** All outputs of a model, by name, for these feeds. @throws where onnxruntime cannot run it. */
export async function runModel(bytes, feeds) {
  const session = await InferenceSession.create(bytes, options);
  try {
    return await session.run(feeds);
  } finally {
    await session.release();
  }
}
