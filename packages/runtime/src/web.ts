import * as webAssembly from 'onnxruntime-web/wasm';
import { createOnnxRuntimeSession } from './onnxruntime-session.js';
import type { Runtime, Values } from './session.js';

/** How models are run in a browser. */
export interface WebRuntimeOptions {
  /**
   * A build of onnxruntime-web: that of WebAssembly if not given. Other execution providers need another one, as in
   * `await import('onnxruntime-web/webgpu')`.
   */
  readonly onnxruntime?: Pick<typeof webAssembly, 'InferenceSession' | 'Tensor' | 'env'>;
  /** Execution providers of that build, the first one that can run a node does: 'wasm' if not given. */
  readonly executionProviders?: readonly string[];
  /** Where onnxruntime's .mjs and .wasm are served, if not beside its code: a folder ending in /, or both addresses. */
  readonly wasmPaths?: typeof webAssembly.env.wasm.wasmPaths;
  /**
   * Threads of WebAssembly where a session does not say, one if not given. More take a page that is isolated from other origins;
   * onnxruntime keeps the number that its first session was made with.
   */
  readonly threads?: number;
}

/** onnxruntime-web with settings of one's own. Its name has the execution providers, where they are not WebAssembly alone. */
export function webRuntimeWith({
  onnxruntime = webAssembly,
  executionProviders = ['wasm'],
  wasmPaths,
  threads = 1,
}: WebRuntimeOptions = {}): Runtime {
  const { env } = onnxruntime;
  const others = executionProviders.join() === 'wasm' ? '' : ` (${executionProviders.join(', ')})`;
  return {
    name: `onnxruntime-web ${env.versions.web ?? ''}`.trim() + others,
    slowDoubles: true,
    slowSessions: true, // it rewrites each graph in code that the browser compiles meanwhile
    async createSession(model, options = {}) {
      env.wasm.numThreads = options.threads ?? threads;
      if (wasmPaths !== undefined) env.wasm.wasmPaths = wasmPaths;
      const session = await createOnnxRuntimeSession(onnxruntime, model, options, {
        executionProviders: [...executionProviders],
        enableMemPattern: options.planMemory ?? true,
        logSeverityLevel: 4, // what goes wrong is thrown
      });
      return { ...session, discard: detachAll };
    },
  };
}

/** onnxruntime's WebAssembly build, for browsers; it also runs under Node. One thread a session. */
export const webRuntime: Runtime = webRuntimeWith();

/** Takes the memory from arrays that have it for themselves, where the browser can: they are empty afterwards. */
function detachAll(values: Values): void {
  for (const { data } of Object.values(values)) (data.buffer as Transferable).transfer?.(0);
}

/** What `ArrayBuffer` has in browsers since 2023 or 2024, and in Node since 21. */
interface Transferable {
  transfer?(length: number): void;
}
