import * as onnxruntime from 'onnxruntime-node';
import { createOnnxRuntimeSession } from './onnxruntime-session.js';
import type { Runtime } from './session.js';

// onnxruntime reads it when the first session is made: else it keeps an identifier in the home folder and sends figures to its makers
process.env.ORT_DISABLE_TELEMETRY ??= '1';

/**
 * onnxruntime's native build. Threads do not spin while they wait: with several sessions side by
 * side spinning costs up to twelve times (docs/decisions/runtime.md).
 */
export const nodeRuntime: Runtime = {
  name: `onnxruntime-node ${onnxruntime.env.versions.node ?? ''}`.trim(),
  createSession: (model, options = {}) =>
    createOnnxRuntimeSession(onnxruntime, model, options, {
      executionProviders: ['cpu'],
      intraOpNumThreads: options.threads ?? 0,
      interOpNumThreads: 1,
      enableMemPattern: options.planMemory ?? true,
      logSeverityLevel: 4, // what goes wrong is thrown
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    }),
};
