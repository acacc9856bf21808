import { nativeOnnxRuntime } from './node/native-onnxruntime.js';
import { createOnnxRuntimeSession } from './onnxruntime-session.js';
import type { Runtime } from './session.js';

// onnxruntime reads it when the first session is made: else it keeps an identifier in the home folder and sends figures to its makers
process.env.ORT_DISABLE_TELEMETRY ??= '1';

const onnxruntime = nativeOnnxRuntime();

/**
 * onnxruntime's native build, of the package onnxruntime-node, without which making a session fails. Threads do not spin while they wait: with several sessions side by
 * side spinning costs up to twelve times (docs/decisions/runtime.md).
 */
export const nodeRuntime: Runtime = {
  get name() {
    return `onnxruntime-node ${onnxruntime().env.versions.node ?? ''}`.trim();
  },
  createSession: async (model, options = {}) =>
    createOnnxRuntimeSession(onnxruntime(), model, options, {
      executionProviders: ['cpu'],
      intraOpNumThreads: options.threads ?? 0,
      interOpNumThreads: 1,
      enableMemPattern: options.planMemory ?? true,
      logSeverityLevel: 4, // what goes wrong is thrown
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    }),
};
