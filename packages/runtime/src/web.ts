import * as onnxruntime from 'onnxruntime-web/wasm';
import { createOnnxRuntimeSession } from './onnxruntime-session.js';
import type { Runtime } from './session.js';

/** onnxruntime's WebAssembly build, for browsers; it also runs under Node. One thread a session. */
export const webRuntime: Runtime = {
  name: `onnxruntime-web ${onnxruntime.env.versions.web ?? ''}`.trim(),
  createSession(model, options = {}) {
    onnxruntime.env.wasm.numThreads = options.threads ?? 1;
    return createOnnxRuntimeSession(onnxruntime, model, options, {
      executionProviders: ['wasm'],
      enableMemPattern: options.planMemory ?? true,
      logSeverityLevel: 4, // what goes wrong is thrown
    });
  },
};
