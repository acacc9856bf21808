import { InferenceSession } from 'onnxruntime-node';

const options = { logSeverityLevel: 3, intraOpNumThreads: 1, graphOptimizationLevel: 'disabled' };

/** All outputs of a model, by name, for these feeds. @throws where onnxruntime cannot run it. */
export async function runModel(bytes, feeds) {
  const session = await InferenceSession.create(bytes, options);
  try {
    return await session.run(feeds);
  } finally {
    await session.release();
  }
}
